import { describe, expect, it } from 'vitest';
import { readExactly } from './exact-json.js';

describe('readExactly', () => {
  it('keeps what a double can hold and makes a text of what it cannot', () => {
    const json =
      '{"a": 5, "id": 123456789012345678, "f": -0.25, "big": 1e400, "exact": 0.12345678901234567890}';
    expect(readExactly(json)).toEqual({
      a: 5,
      id: '123456789012345678',
      f: -0.25,
      big: '1e400',
      exact: '0.12345678901234567890',
    });
  });

  it('leaves texts alone, whatever digits and quotes they hold', () => {
    const value = { 'k"1': 'a "123456789012345678" \\ 1e400', list: ['12345678901234567890', 'x\\'] };
    expect(readExactly(JSON.stringify(value))).toEqual(value);
  });

  it('reads texts of any length', () => {
    for (const letter of ['x', '\n', '"']) {
      const value = { n: 1, text: letter.repeat(12_000_000) };
      expect(readExactly(JSON.stringify(value)).text === value.text).toBe(true);
    }
  });
});
