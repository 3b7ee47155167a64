import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeStrictJson } from './decode.js';
import { UnreadableJsonError } from './scan.js';
import { UnsafeNumber } from './unsafe-number.js';

const decode = (text: string | Buffer) => decodeStrictJson(Buffer.from(text));

const batchOf4MiB = Buffer.from(
  JSON.stringify({
    events: Array.from({ length: 500 }, (_, n) => ({
      title: `Deploy ${n} "quoted" \\ and é`,
      data: {
        rows: Array.from({ length: 85 }, (_, m) => ({ id: n * m, ratio: m / 7, text: 'x'.repeat(40) })),
      },
    })),
  }),
);

describe('decodeStrictJson', () => {
  it.each([
    ['a scalar', 'true', true],
    ['white space around', ' \t\r\n[1]\n', [1]],
    ['an empty key', '{"":1}', { '': 1 }],
    ['escapes', '"\\u0061\\n\\/\\"\\\\"', 'a\n/"\\'],
    ['a pair of surrogates', '"\\ud83d\\ude00"', '😀'],
    ['brackets and commas inside a string', '"[[{,:1e999"', '[[{,:1e999'],
    ['a noncharacter', '"\\uFFFF"', '\uffff'],
    ['the same key in two objects', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['a key constructor without a prototype', '{"constructor":"x"}', { constructor: 'x' }],
    ['2^53 - 1', '9007199254740991', 9007199254740991],
    ['a float of 17 digits', '0.30000000000000004', 0.30000000000000004],
    ['a float printed with 17 digits', '0.10000000000000001', 0.1],
    ['trailing zeros', '1.500000000000000000', 1.5],
    ['an exponent', '1E+5', 100000],
    ['a large exponent that a double holds', '1.7976931348623157e308', Number.MAX_VALUE],
    ['minus zero', '-0', -0],
    ['zero with any exponent', '0e99999', 0],
  ])('takes %s', (_what, text, value) => {
    expect(decode(text)).toStrictEqual(value);
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' '],
    ['a byte order mark', '\ufeff{}'],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
    ['a lone continuation byte', Buffer.from([0x22, 0x80, 0x22])],
    ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a trailing comma', '[1,]'],
    ['a double comma', '[1,,2]'],
    ['a comment', '[1/**/]'],
    ['single quotes', "['a']"],
    ['two values', '1 2'],
    ['an unclosed array', '[1'],
    ['a bracket too many', '[1]]'],
    ['only closing brackets', ']]]]'],
    ['an unclosed string', '"a'],
    ['a string that ends in a backslash', '"a\\'],
    ['a raw newline in a string', '"a\nb"'],
    ['a raw NUL', '"a\0b"'],
    ['an unknown escape', '"\\x41"'],
    ['half an escape', '"\\u00"'],
    ['a leading zero', '[01]'],
    ['a leading plus', '[+1]'],
    ['a bare point', '[.5]'],
    ['a trailing point', '[1.]'],
    ['an empty exponent', '[1e]'],
    ['NaN', '[NaN]'],
    ['Infinity', '[-Infinity]'],
    ['a hexadecimal number', '[0x1]'],
    ['a form feed as white space', '[\f1]'],
    ['a bare word', 'nul'],
    ['a huge number where a key must stand', '{1e400:1}'],
    ['a key without a value', '{"a"}'],
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice by an escape', '{"a":1,"\\u0061":2}'],
    ['a key twice, deep', '[[{"x":{"a":1,"b":2,"a":1}}]]'],
    ['__proto__', '{"__proto__":{"x":1}}'],
    ['__proto__ by an escape', '{"\\u005f_proto__":1}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}'],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['10,001 items', `[${'1,'.repeat(10_000)}1]`],
    ['10,001 keys', `{${Array.from({ length: 10_001 }, (_, n) => `"${n}":1`).join()}}`],
    ['10,001 numbers that no double holds', `[[${'1e999,'.repeat(9_999)}1e999],[1e999]]`],
  ])('refuses %s', (_what, text) => {
    expect(() => decode(text)).toThrow(UnreadableJsonError);
  });

  it('takes 32 levels and 10,000 items', () => {
    expect(() => decode(`${'['.repeat(32)}${']'.repeat(32)}`)).not.toThrow();
    expect(decode(`[${'1,'.repeat(9_999)}1]`)).toHaveLength(10_000);
  });

  it('leaves the prototypes of the process alone', () => {
    expect(() => decode('{"__proto__":{"polluted":1}}')).toThrow();
    expect(() => decode('{"constructor":{"prototype":{"polluted":1}}}')).toThrow();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '1e131071',
    '0.12345678901234567890123',
    '123456789012345678e2',
    `1${'0'.repeat(100)}`,
  ])('marks %s as a number that no double holds', (token) => {
    const value = decode(`{"a":[1,${token}],"b":"${token}"}`);
    expect(value).toEqual({ a: [1, new UnsafeNumber(token)], b: token });
  });

  it('names where it stopped without quoting the text', () => {
    expect(() => decode('{"token":"s3cret",,}')).toThrow(/position 18$/);
  });

  it('refuses a million levels, keys or items at once', () => {
    for (const text of ['['.repeat(1_000_000), '{"a":'.repeat(1_000_000), `[${'1,'.repeat(1_000_000)}1]`]) {
      const bytes = Buffer.from(text);
      const before = performance.now();
      expect(() => decodeStrictJson(bytes)).toThrow(UnreadableJsonError);
      expect(performance.now() - before).toBeLessThan(100);
    }
  });

  it('reads a full batch at a small multiple of what JSON.parse alone takes', () => {
    const best = (work: () => void) =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const before = performance.now();
          work();
          return performance.now() - before;
        }),
      );
    const text = batchOf4MiB.toString();
    expect(best(() => decodeStrictJson(batchOf4MiB))).toBeLessThan(8 * best(() => JSON.parse(text)) + 30);
  });

  it('reads any JSON that JSON.stringify writes as JSON.parse does', () => {
    const keepsItsNumbers = (value: unknown): boolean =>
      typeof value === 'number'
        ? !Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) >= 1e21
        : typeof value !== 'object' || value === null || Object.values(value).every(keepsItsNumbers);
    const hasNoProtoKey = (value: unknown) => !JSON.stringify(value).includes('__proto__');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }).filter(keepsItsNumbers).filter(hasNoProtoKey), (value) => {
        const text = JSON.stringify(value);
        expect(decode(text)).toStrictEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('answers any bytes with a value or with its own refusal', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\\u',
      '1e9',
      '-',
      'null',
      '"a"',
      '\0',
    );
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
      fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(garbage, (bytes) => {
        try {
          decodeStrictJson(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableJsonError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
