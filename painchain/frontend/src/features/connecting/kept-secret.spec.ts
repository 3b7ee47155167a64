import type { JsonValue } from '@painchain/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editable, keptOf, sendable } from './kept-secret.js';

const marker = { set: true, last4: '3456', updated_at: '2026-11-24T10:35:00Z' };

describe('a stored secret', () => {
  it('is known by its end and age while it is edited, and is left out when it is sent', () => {
    const edited = editable({ token: marker, owner: 'acme' });
    expect(keptOf((edited as { token: JsonValue }).token)).toEqual({
      last4: '3456',
      updatedAt: '2026-11-24T10:35:00Z',
    });
    expect(sendable(edited ?? null)).toEqual({ owner: 'acme' });
  });

  it('is nothing where none is set', () => {
    expect(editable({ secret: { set: false, updated_at: marker.updated_at } })).toEqual({});
  });

  it('is never what somebody has typed', () => {
    fc.assert(fc.property(fc.string(), (typed) => keptOf(typed) === undefined || typed.startsWith('\uE000')));
  });
});

it('what holds no secret is sent as it was shown', () => {
  const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"set"'));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), plain), (config) => {
      expect(sendable(editable(config as JsonValue) ?? null)).toEqual(config);
    }),
  );
});
