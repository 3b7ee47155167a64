import { expect, it } from 'vitest';
import { joinedTags, matchesInAnyCase } from './meaning.js';

it('names match in any case, and without patterns all do', () => {
  expect(matchesInAnyCase('API-Users', ['api-*'])).toBe(true);
  expect(matchesInAnyCase('web', ['API-*', 'WEB'])).toBe(true);
  expect(matchesInAnyCase('web', ['api-*'])).toBe(false);
  expect(matchesInAnyCase('web', undefined)).toBe(true);
});

it('labels of several entries are one list, each once', () => {
  expect(joinedTags(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(joinedTags()).toBeUndefined();
});
