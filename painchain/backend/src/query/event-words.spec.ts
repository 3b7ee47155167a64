import type { JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchedEvent, wordsOf } from './event-words.js';

const event = (more: Partial<SearchedEvent> = {}): SearchedEvent => ({
  title: 'Deploy',
  project: 'acme/api',
  data: {},
  ...more,
});

/** The places of each word, without what makes it the tenant's. */
function places(text: string): Record<string, number[]> {
  const entries = text.matchAll(/'1\.([^']+)':([\d,]+)/g);
  return Object.fromEntries([...entries].map(([, word, at = '']) => [word, at.split(',').map(Number)]));
}

const wordsIn = (data: SearchedEvent['data']) =>
  Object.keys(places(wordsOf(event({ title: '', project: 'x', data }), 1))).filter((word) => word !== 'x');

describe('wordsOf', () => {
  it('takes title, project, subject, actor and the texts of data, each apart from the next', () => {
    const words = wordsOf(
      event({ subject: 'acme/api#7', actor: 'Zoë', data: { image: 'ghcr.io/acme/api:v1' } }),
      1,
    );
    expect(places(words)).toEqual({
      deploy: [1],
      acme: [3, 6, 14],
      api: [4, 7, 15],
      7: [8],
      zoe: [10],
      ghcr: [12],
      io: [13],
      v1: [16],
    });
  });

  it('puts the tenant before each word', () => {
    expect(wordsOf(event({ title: 'a b', project: 'b' }), 36)).toBe("'10.a':1 '10.b':2,4");
  });

  it('finds the texts of data wherever they stand, those at the top first', () => {
    expect(wordsIn({ a: { b: [{ c: 'deep' }, 'inner'] }, d: 'top' })).toEqual(['top', 'inner', 'deep']);
  });

  it('takes each text once', () => {
    const data = { title: 'Deploy', message: 'Roll out', again: ['Roll out'] };
    expect(places(wordsOf(event({ data }), 1))).toMatchObject({ deploy: [1], roll: [6], out: [7] });
  });

  it.each([
    ['https://github.com/acme/api/pull/7'],
    ['ssh://git@example.com/api.git'],
    ['2026-01-31T10:35:00Z'],
    ['2026-01-31 10:35:00.123+05:30'],
  ])('leaves out %s', (text) => {
    expect(wordsIn({ text })).toEqual([]);
  });

  it.each([
    ['see https://example.com', ['see', 'https', 'example', 'com']],
    ['docker-pullable://api', ['docker', 'pullable', 'api']],
    ['2026-W05', ['2026', 'w05']],
  ])('keeps %s', (text, words) => {
    expect(wordsIn({ text }).sort()).toEqual(words.sort());
  });

  it('takes the beginning of long texts, and no more than 300 words of data', () => {
    expect(wordsIn({ log: `begin ${'.'.repeat(1_000)} end` })).toEqual(['begin']);
    expect(wordsIn({ files: Array.from({ length: 400 }, (_, n) => `f${n}`) })).toHaveLength(300);
  });

  it('reads no more than some of the data, whether there are words in it or not', () => {
    const accents = (count: number) => Array.from({ length: count }, (_, n) => '\u0301'.repeat(900 + n));
    expect(wordsIn({ list: [...accents(10), 'word'] })).toEqual(['word']);
    expect(wordsIn({ list: [...accents(30), 'word'] })).toEqual([]);
  });

  it('gives every text a tsvector that PostgreSQL takes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1_000 }),
      fc.constantFrom(
        '日'.repeat(1_000),
        '\u{1d400}'.repeat(500),
        '㍿ﷺ'.repeat(500),
        'aB'.repeat(500),
        "a'\\b",
      ),
    );
    fc.assert(
      fc.property(text, text, fc.jsonValue(), (title, subject, data) => {
        const words = wordsOf({ title, project: 'x', subject, actor: title, data: data as JsonValue }, 1);
        expect(Buffer.byteLength(words)).toBeLessThan(1024 * 1024);
        expect(words).toMatch(/^('1\.[\p{L}\p{N}\p{M}]+':\d+(,\d+)*( |$))*$/u);
        const longest = Math.max(...Object.keys(places(words)).map((word) => Buffer.byteLength(word)));
        expect(longest).toBeLessThan(2_000);
        const last = Math.max(...Object.values(places(words)).flat());
        expect(last).toBeLessThanOrEqual(16_383);
      }),
    );
  });
});
