import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, fitting } from './fuzzy.js';

const names = [
  'Pause or resume live',
  'Previous (newer) event',
  'Settings',
  'Last 6 h',
  'Open view: Café rollouts',
];
const found = (typed: string) => fitting(typed, names, (name) => name);

describe('fitting', () => {
  it('gives everything in its order while nothing is typed', () => {
    expect(found('')).toEqual(names);
    expect(found('  ')).toEqual(names);
  });

  it('puts the beginning before a word, a word before a part, and a part before letters in order', () => {
    expect(found('p')).toEqual([
      'Pause or resume live',
      'Previous (newer) event',
      'Open view: Café rollouts',
    ]);
    expect(fit('set', 'Settings')).toBeGreaterThan(fit('set', 'A set'));
    expect(fit('set', 'A set')).toBeGreaterThan(fit('set', 'Reset'));
    expect(fit('set', 'Reset')).toBeGreaterThan(fit('set', 'Sheet tab'));
    expect(fit('set', 'Tees')).toBe(0);
  });

  it('takes words in any order, and letters without their accents', () => {
    expect(found('live pause')).toEqual(['Pause or resume live']);
    expect(found('CAFE')).toEqual(['Open view: Café rollouts']);
  });

  it('needs every word', () => {
    expect(found('pause settings')).toEqual([]);
  });

  it('finds every name by itself and by any run of its letters', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, (text) => {
        expect(fit(text, text)).toBeGreaterThan(0);
      }),
    );
    const part = fc.tuple(fc.stringMatching(/^[a-z ]{1,20}$/), fc.nat(), fc.nat());
    fc.assert(
      fc.property(part, ([text, from, length]) => {
        const start = from % text.length;
        expect(fit(text.slice(start, start + (length % 5) + 1), text)).toBeGreaterThan(0);
      }),
    );
  });
});
