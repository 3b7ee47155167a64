import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeId, encodeId } from './opaque-id.js';

const id = fc.bigInt({ min: 1n, max: (1n << 63n) - 1n });

describe('opaque ids', () => {
  it('come back as the number that they were', () => {
    fc.assert(fc.property(id, (n) => decodeId('evt', encodeId('evt', n)) === n.toString()));
  });

  it('never change their form, since people keep links', () => {
    expect(encodeId('evt', '1')).toBe('evt_bg11kb9jvanhe');
    expect(encodeId('int', 42n)).toBe(encodeId('int', '42'));
  });

  it('do not show how many there are', () => {
    const [first, second] = [encodeId('evt', '1000'), encodeId('evt', '1001')];
    expect(first.slice(0, 8)).not.toBe(second.slice(0, 8));
  });

  it('do not show that two things have the same number', () => {
    const [event, integration] = [encodeId('evt', '7'), encodeId('int', '7')];
    expect(event.slice(4)).not.toBe(integration.slice(4));
  });

  it('are refused under another prefix', () => {
    expect(decodeId('int', encodeId('evt', '7'))).toBeUndefined();
  });

  it('have one spelling each: what decodes encodes to the same text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^evt_[0-9a-z]{13}$/),
      fc.stringMatching(/^evt_.{13}$/),
    );
    fc.assert(
      fc.property(text, (foreign) => {
        const decoded = decodeId('evt', foreign);
        if (decoded !== undefined) expect(encodeId('evt', decoded)).toBe(foreign);
      }),
      { numRuns: 1_000 },
    );
  });
});
