import { describe, expect, it } from 'vitest';
import { HttpError } from './http-error.js';
import { nextLink } from './next-link.js';

const page = new URL('https://api.example.org/v4/list?page=1');

describe('nextLink', () => {
  it.each([
    ['<https://api.example.org/v4/list?page=2>; rel="next"', 'https://api.example.org/v4/list?page=2'],
    ['<?page=2>; rel=next', 'https://api.example.org/v4/list?page=2'],
    [
      '<?page=0>; rel="prev", <?page=2>; rel="next", <?page=9>; rel="last"',
      'https://api.example.org/v4/list?page=2',
    ],
    ['<?a=1,2>; title="x"; rel="last next"', 'https://api.example.org/v4/list?a=1,2'],
    ['<?page=0>; rel="prev"', undefined],
    ['<?page=0>; rel="nextish"', undefined],
    ['junk', undefined],
    [undefined, undefined],
  ])('finds in %j %j', (header, expected) => {
    expect(nextLink(header, page)?.href).toBe(expected);
  });

  it.each(['https://evil.example/', 'http://api.example.org/', '//evil.example/x', 'javascript:alert(1)'])(
    'refuses to follow to %s, where our credentials would go along',
    (target) => {
      expect(() => nextLink(`<${target}>; rel="next"`, page)).toThrow(HttpError);
    },
  );

  it('reads a hostile header in no time', () => {
    const started = Date.now();
    nextLink('<'.repeat(20_000) + '; rel="'.repeat(20_000), page);
    nextLink(`<a>; rel="${' next'.repeat(20_000)}`, page);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
