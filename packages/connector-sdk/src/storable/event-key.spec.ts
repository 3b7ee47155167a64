import { limits } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKey } from './event-key.js';

describe('eventKey', () => {
  it('joins its parts by colons', () => {
    expect(eventKey(['github.com', 'push', '42'])).toBe('github.com:push:42');
  });

  it('never gives different parts the same key', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A', ' ', '\0', '\ud800', '\ufffd') });
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(eventKey(one) === eventKey(other)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells long keys apart that begin alike, within the limit', () => {
    const one = eventKey(['x'.repeat(5_000), '1']);
    const other = eventKey(['x'.repeat(5_000), '2']);
    expect(one).not.toBe(other);
    expect(one?.length).toBeLessThanOrEqual(limits.key);
  });

  it('leaves identity to the backend when there are no parts', () => {
    expect(eventKey([])).toBeUndefined();
  });
});
