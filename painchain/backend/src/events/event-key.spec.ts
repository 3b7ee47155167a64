import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashedKey } from './event-key.js';

const event = {
  title: 'Deployed',
  connector: 'ci',
  project: 'acme/api',
  timestamp: '2026-01-31T10:35:00Z',
  data: { b: 1, a: [1.5, 'é', null] },
};

describe('hashedKey', () => {
  it('is what anyone gets who hashes the canonical JSON of the five fields', () => {
    const canonical =
      '{"connector":"ci","data":{"a":[1.5,"é",null],"b":1},"project":"acme/api","timestamp":"2026-01-31T10:35:00Z","title":"Deployed"}';
    expect(hashedKey(event)).toBe(`sha256:${createHash('sha256').update(canonical).digest('hex')}`);
  });

  it('does not depend on the order of keys or on the optional fields', () => {
    const other = { ...event, data: { a: [1.5, 'é', null], b: 1 }, status: 'success' };
    expect(hashedKey(other)).toBe(hashedKey(event));
  });

  it.each([
    ['the title', { title: 'Deployed!' }],
    ['the project', { project: 'acme/web' }],
    ['the data', { data: { b: 2, a: [1.5, 'é', null] } }],
    ['the timestamp as it was written', { timestamp: '2026-01-31T11:35:00+01:00' }],
  ])('changes with %s', (_what, change) => {
    expect(hashedKey({ ...event, ...change })).not.toBe(hashedKey(event));
  });
});
