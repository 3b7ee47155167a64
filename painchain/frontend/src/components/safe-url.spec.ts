import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkFrom, safeHref } from './safe-url.js';

describe('safeHref', () => {
  it.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u200bjavascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    '/relative',
    '//example.com',
    'example.com',
    '',
  ])('refuses %j', (address) => {
    expect(safeHref(address)).toBeUndefined();
  });

  it('keeps http, https and mailto', () => {
    expect(safeHref('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
    expect(safeHref('http://127.0.0.1:8000')).toBe('http://127.0.0.1:8000/');
    expect(safeHref('mailto:ada@example.com')).toBe('mailto:ada@example.com');
  });

  it('gives only these schemes for any text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'https:', 'java', 'mailto:', 'http://', '\\\\'),
        fc.string({ unit: 'binary' }),
        (start, rest) => {
          const text = start + rest;
          expect(safeHref(text) ?? 'https://ok').toMatch(/^(https?:\/\/[^/]|mailto:)/);
        },
      ),
    );
  });
});

describe('linkFrom', () => {
  it('never lets a value leave its place in the template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        const link = linkFrom('https://example.com/commit/{value}', value);
        if (link !== undefined) expect(new URL(link).host).toBe('example.com');
      }),
    );
  });

  it('needs a place for the value', () => {
    expect(linkFrom('https://example.com/', 'x')).toBeUndefined();
  });
});
