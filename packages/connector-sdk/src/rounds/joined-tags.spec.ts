import { expect, it } from 'vitest';
import { joinedTags } from './joined-tags.js';

it('labels of several entries are one list, each once', () => {
  expect(joinedTags(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(joinedTags()).toBeUndefined();
});
