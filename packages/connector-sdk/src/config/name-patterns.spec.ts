import { describe, expect, it } from 'vitest';
import { matchesInAnyCase, matchesPatterns } from './name-patterns.js';

describe('patterns of names', () => {
  it.each([
    ['main', ['main'], true],
    ['maintenance', ['main'], false],
    ['release/2.1', ['release/*'], true],
    ['release/2/1', ['release/*'], true],
    ['origin/main', ['*/main'], true],
    ['v10', ['v??'], true],
    ['v1', ['v??'], false],
    ['a.b', ['a?b', 'zzz'], true],
    ['axb', ['a.b'], false],
    ['anything', ['*'], true],
  ])('%s by %j: %s', (name, patterns, matches) => {
    expect(matchesPatterns(name, patterns)).toBe(matches);
  });

  it('match everything when there are none, and take no time over hostile ones', () => {
    expect(matchesPatterns('main', undefined)).toBe(true);
    const started = performance.now();
    expect(matchesPatterns('a'.repeat(250), [`${'*a'.repeat(90)}b`])).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

it('names match in any case, and without patterns all do', () => {
  expect(matchesInAnyCase('API-Users', ['api-*'])).toBe(true);
  expect(matchesInAnyCase('web', ['API-*', 'WEB'])).toBe(true);
  expect(matchesInAnyCase('web', ['api-*'])).toBe(false);
  expect(matchesInAnyCase('web', undefined)).toBe(true);
});
