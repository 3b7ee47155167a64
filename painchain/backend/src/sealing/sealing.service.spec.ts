import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealError, SealingService } from './sealing.service.js';

const sealing = new SealingService(randomBytes(32));
const config = { token: 'canary-7c1e0b', repositories: [{ owner: 'acme' }] };

function faultOf(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof SealError) return error.fault;
    throw error;
  }
  return 'opened';
}

describe('SealingService', () => {
  it('opens in its own row what it sealed, and shows nothing of it', () => {
    const text = sealing.seal(1, '7', config);
    expect(text).toMatch(/^v1\.[\w-]{11}\.[\w-]{16}\.[\w-]+$/);
    expect(text).not.toContain('canary');
    expect(Buffer.from(text.split('.')[3]!, 'base64url').includes('canary')).toBe(false);
    expect(sealing.open(1, '7', text)).toEqual(config);
  });

  it('seals the same configuration differently every time', () => {
    expect(sealing.seal(1, '7', config)).not.toBe(sealing.seal(1, '7', config));
  });

  it('refuses what was moved to another row or another tenant', () => {
    const text = sealing.seal(1, '7', config);
    expect(faultOf(() => sealing.open(1, '8', text))).toBe('damaged');
    expect(faultOf(() => sealing.open(2, '7', text))).toBe('damaged');
  });

  it('tells a foreign key from damage', () => {
    const text = new SealingService(randomBytes(32)).seal(1, '7', config);
    expect(faultOf(() => sealing.open(1, '7', text))).toBe('foreign_key');
  });

  it('refuses any single flipped bit', () => {
    const parts = sealing.seal(1, '7', config).split('.');
    const bytes = Buffer.from(parts[3]!, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const text = [...parts.slice(0, 3), flipped.toString('base64url')].join('.');
      expect(faultOf(() => sealing.open(1, '7', text))).toBe('damaged');
    }
    const otherNonce = [parts[0], parts[1], randomBytes(12).toString('base64url'), parts[3]].join('.');
    expect(faultOf(() => sealing.open(1, '7', otherNonce))).toBe('damaged');
  });

  it('answers any foreign text with its own error', () => {
    const prefix = sealing.seal(1, '7', config).split('.').slice(0, 2).join('.');
    const foreign = fc.oneof(
      fc.string(),
      fc.string().map((tail) => `${prefix}.${tail}`),
    );
    fc.assert(fc.property(foreign, (text) => faultOf(() => sealing.open(1, '7', text)) !== 'opened'));
  });

  it('refuses a key of another length', () => {
    expect(() => new SealingService(randomBytes(16))).toThrow(RangeError);
  });
});
