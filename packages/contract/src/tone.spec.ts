import { describe, expect, it } from 'vitest';
import { badStatuses, toneOf } from './tone.js';

describe('toneOf', () => {
  it('knows the words of failure and success in any spelling', () => {
    expect(toneOf('FAILURE')).toBe('bad');
    expect(toneOf('timed-out')).toBe('bad');
    expect(toneOf('In Progress')).toBe('active');
    expect(toneOf(' success ')).toBe('good');
  });

  it('is neutral about a word that it does not know', () => {
    expect(toneOf('not failed')).toBe('neutral');
    expect(toneOf('constructor')).toBe('neutral');
    expect(toneOf('')).toBe('neutral');
  });

  it('lists every spelling of a failure', () => {
    expect(badStatuses).toEqual(expect.arrayContaining(['failure', 'timed_out', 'timed-out', 'timed out']));
    expect(new Set(badStatuses.map(toneOf))).toEqual(new Set(['bad']));
  });
});
