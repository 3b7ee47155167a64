import type { JsonObject, JsonValue } from '@painchain/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editable, keptOf, sendable } from './kept-secret.js';

const marker = { set: true, last4: '3456', updated_at: '2026-11-24T10:35:00Z' };

describe('a stored secret', () => {
  it('is known by its end and age while it is edited, and is sent as it was shown', () => {
    const edited = editable({ token: marker, owner: 'acme' });
    expect(keptOf((edited as { token: JsonValue }).token)).toEqual({
      last4: '3456',
      updatedAt: '2026-11-24T10:35:00Z',
    });
    expect(sendable(edited as JsonObject, edited as JsonObject)).toEqual({ token: marker, owner: 'acme' });
  });

  it('is nothing where none is set', () => {
    expect(editable({ secret: { set: false, updated_at: marker.updated_at } })).toEqual({});
  });

  it('is removed by who has taken it out, at any depth', () => {
    const before = editable({ token: marker, env: { A: marker, B: marker } }) as JsonObject;
    const { env } = before as { env: JsonObject };
    expect(sendable({ env: { A: env['A'] ?? null } }, before)).toEqual({
      token: null,
      env: { A: marker, B: null },
    });
  });

  it('goes with its item of a list', () => {
    const before = editable({ repositories: [{ owner: 'a', token: marker }, { owner: 'b' }] }) as JsonObject;
    const [first = null] = before['repositories'] as JsonValue[];
    expect(sendable({ repositories: [{ owner: 'c' }, first] }, before)).toEqual({
      repositories: [{ owner: 'c' }, { owner: 'a', token: marker }],
    });
  });

  it('is no setting that is merely called so', () => {
    const shown = { ...marker, note: 'more' };
    expect(editable({ shown })).toEqual({ shown });
  });

  it('breaks nothing when a text begins as its own does', () => {
    expect(() => keptOf('\uE000{')).not.toThrow();
  });

  it('is never what somebody has typed', () => {
    fc.assert(fc.property(fc.string(), (typed) => keptOf(typed) === undefined || typed.startsWith('\uE000')));
  });
});

it('what holds no secret is sent as it was shown', () => {
  const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"set"'));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), plain), (config) => {
      expect(sendable(editable(config as JsonValue) as JsonObject, {})).toEqual(config);
    }),
  );
});
