import type { RJSFSchema } from '@rjsf/utils';
import { describe, expect, it } from 'vitest';
import { editable } from '../kept-secret.js';
import { validator } from './validator.js';

const schema: RJSFSchema = {
  type: 'object',
  required: ['token', 'repositories'],
  properties: {
    token: { type: 'string', minLength: 1, pattern: '^t_' },
    repositories: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required: ['owner'], properties: { owner: { type: 'string' } } },
    },
    polling: { type: 'object', properties: { interval: { type: 'number', minimum: 10 } } },
  },
};

function faults(data: Record<string, unknown>): string[] {
  return validator.validateFormData(data, schema).errors.map(({ stack }) => stack);
}

describe('a form', () => {
  it('is told all that is wrong, where it is', () => {
    expect(faults({ repositories: [{}], polling: { interval: 1 } })).toEqual([
      '.token is required',
      '.repositories.0.owner is required',
      expect.stringMatching(/^\.polling\.interval /),
    ]);
  });

  it('is satisfied by a secret that is stored', () => {
    const kept = editable({ token: { set: true, updated_at: '2026-11-24T10:35:00Z' } });
    expect(faults({ ...(kept as object), repositories: [{ owner: 'acme' }] })).toEqual([]);
  });

  it('puts each fault at its field', () => {
    const { errorSchema } = validator.validateFormData({ token: '', repositories: [] }, schema);
    expect(errorSchema['token']?.__errors).toContain('must not be empty');
    expect(errorSchema['repositories']?.__errors).toContain('needs at least one');
  });
});
