import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, packRefs, prefixOf, unpackRefs } from './ref-snapshot.js';

const shaOf = (text: string) => createHash('sha1').update(text).digest('hex');

describe('a snapshot of refs', () => {
  it('gives back what was put in, in the order of the versions', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text));
    const tags = fc.dictionary(
      name,
      fc.string().map((text) => prefixOf(shaOf(text))),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(tags, (given) => {
        const { packed, limited } = packRefs(new Map(Object.entries(given)), 50_000);
        const names = [...(unpackRefs(packed)?.keys() ?? [])];
        expect(limited).toBe(false);
        expect(Object.fromEntries(unpackRefs(packed) ?? [])).toEqual(given);
        expect(names).toEqual(names.toSorted(compareVersions));
      }),
    );
  });

  it('has room for some 1,700 tags, and keeps the newest versions of more', () => {
    const tags = Array.from(
      { length: 20_000 },
      (_, n) => [`v${Math.floor(n / 100)}.${n % 100}.0`, prefixOf(shaOf(String(n)))] as const,
    );
    const few = packRefs(new Map(tags.slice(0, 1_600)), 20_000);
    expect(few.limited).toBe(false);
    const { packed, limited } = packRefs(new Map(tags), 20_000);
    const kept = unpackRefs(packed);
    expect(limited).toBe(true);
    expect(packed.length).toBeLessThanOrEqual(20_000);
    expect(kept?.size).toBeGreaterThan(1_600);
    expect([...(kept ?? [])]).toEqual(tags.slice(-(kept?.size ?? 0)));
  });

  it('is nothing where it is damaged', () => {
    for (const odd of ['', '!', 'AAAA', packRefs(new Map([['v1', 'abc']]), 100).packed]) {
      expect(unpackRefs(odd)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (text) => unpackRefs(text) === undefined || text.length > 0));
  });
});

describe('the order of versions', () => {
  it('counts numbers as numbers', () => {
    expect(['v10', 'v1.10', 'v9', 'v1.9', 'v01', 'v1'].sort(compareVersions)).toEqual([
      'v01',
      'v1',
      'v1.9',
      'v1.10',
      'v9',
      'v10',
    ]);
  });
});
