import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { managersOf } from './managers.js';

const objectWith = (managedFields: unknown) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { uid: 'u', name: 'api', resourceVersion: '1', managedFields: managedFields as never },
});

describe('who owns the fields of an object', () => {
  it('is read from its managedFields', () => {
    const fieldsV1 = { 'f:spec': { 'f:replicas': {} } };
    const entry = {
      manager: 'kubectl-scale',
      operation: 'Update',
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      subresource: 'scale',
      time: '2026-11-24T07:00:00Z',
      fieldsV1,
    };
    expect(managersOf(objectWith([entry, 'odd', { manager: 7 }, { manager: 'old' }]))).toEqual([
      {
        manager: 'kubectl-scale',
        operation: 'Update',
        subresource: 'scale',
        time: '2026-11-24T07:00:00Z',
        fields: fieldsV1,
      },
      { manager: 'old', operation: '', fields: {} },
    ]);
  });

  it('is read however deep somebody has made them', () => {
    const fieldsV1: unknown = JSON.parse(`${'{"f:a":'.repeat(9_000)}{}${'}'.repeat(9_000)}`);
    expect(managersOf(objectWith([{ manager: 'odd', fieldsV1 }]))).toMatchObject([{ manager: 'odd' }]);
  });

  it('is nobody where they are something else, or missing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (anything) => {
        expect(Array.isArray(managersOf(objectWith(anything)))).toBe(true);
      }),
    );
    expect(managersOf(objectWith(undefined))).toEqual([]);
  });
});
