import type { JsonObject } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { noiseOfWrite } from './noise-of-write.js';

const wrote = (fields: JsonObject, time = '2026-11-24T10:00:00Z', subresource?: string) => ({
  manager: 'any',
  operation: 'Update',
  time,
  fields,
  subresource,
});
const noted = (name: string) => ({ 'f:metadata': { 'f:annotations': { '.': {}, [`f:${name}`]: {} } } });

describe('a write that changes nothing that is kept', () => {
  it.each<[string, JsonObject]>([
    ['status_only', { 'f:status': { 'f:conditions': {} } }],
    ['leader_election', noted('control-plane.alpha.kubernetes.io/leader')],
    ['bookkeeping', noted('kubectl.kubernetes.io/last-applied-configuration')],
    ['controller_notes', noted('ingress.kubernetes.io/backends')],
    ['volume_binding', { 'f:spec': { 'f:volumeName': {} } }],
    ['ca_bundles', { 'f:webhooks': { 'k:{"name":"a"}': { 'f:clientConfig': { 'f:caBundle': {} } } } }],
    ['aggregated_roles', { 'f:rules': {} }],
    ['service_account_tokens', { 'f:secrets': {} }],
    ['bookkeeping', { 'f:spec': { 'f:replicas': {} } }],
    ['release_labels', { 'f:metadata': { 'f:labels': { '.': {}, 'f:helm.sh/chart': {} } }, 'f:data': {} }],
    ['bookkeeping', {}],
  ])('is noise by the rule %s when it wrote %j', (rule, fields) => {
    expect(noiseOfWrite([wrote(fields)])).toBe(rule);
  });

  it('is known by whoever wrote last, whatever order they stand in', () => {
    const [old, fresh] = [wrote({ 'f:rules': {} }), wrote({}, '2026-11-24T10:00:05Z', 'status')];
    expect(noiseOfWrite([old, fresh])).toBe('status_only');
    expect(noiseOfWrite([fresh, old])).toBe('status_only');
  });

  it('is taken for one of the status where nobody is named', () => {
    expect(noiseOfWrite([])).toBe('status_only');
  });
});
