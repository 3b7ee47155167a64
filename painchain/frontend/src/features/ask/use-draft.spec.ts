import { describe, expect, it } from 'vitest';
import { followed, oneLine } from './use-draft.js';

describe('the text of the box', () => {
  it.each([
    ['follows the address', { text: 'a', address: 'a', isFocused: true }, 'b', 'b'],
    ['follows it also to where there is none', { text: 'a', address: 'a', isFocused: false }, '', ''],
    ['is not taken from somebody who types', { text: 'a b', address: 'a', isFocused: true }, 'c', 'a b'],
    ['gives way once nobody does', { text: 'a b', address: 'a', isFocused: false }, 'c', 'c'],
    [
      'stays as it was typed once it is applied',
      { text: 'a b ', address: 'a', isFocused: true },
      'a b',
      'a b ',
    ],
  ])('%s', (_, draft, next, text) => {
    expect(followed(draft, next)).toBe(text);
  });

  it('has one line', () => {
    expect(oneLine('status:failure\r\n  project:a\n')).toBe('status:failure project:a ');
  });
});
