import { describe, expect, it } from 'vitest';
import type { Gap, Sight } from './sight.js';
import { gapSentence, laterSentence, wholeSentence } from './sight-words.js';

const fromMs = Date.parse('2026-11-24T10:35:04Z');
const toMs = Date.parse('2026-11-24T11:05:00Z');
const gap: Gap = { name: 'build farm', sources: ['acme/api'], fromMs, toMs, why: undefined };
const sight: Sight = { gaps: [], whole: 3, wholeUntilMs: toMs, connectedLater: [] };

describe('what was not seen', () => {
  it('is named with its stretch and its reason', () => {
    expect(gapSentence(gap, 'utc')).toBe(
      'acme/api of build farm was not seen completely between 10:35:04 and 11:05:00.',
    );
    const several = { ...gap, sources: ['acme/api', 'b', 'c'], why: 'No token.' };
    expect(gapSentence(several, 'utc')).toBe(
      'acme/api and 2 more of build farm were not seen completely between 10:35:04 and 11:05:00: No token.',
    );
    expect(gapSentence({ ...gap, sources: [] }, 'utc')).toMatch(/^build farm was not seen/);
  });
});

describe('what was seen', () => {
  it('is claimed only up to where every source tells so', () => {
    expect(wholeSentence(sight, toMs, 'utc')).toBe(
      'All 3 sources were seen completely to the end of this window.',
    );
    expect(wholeSentence({ ...sight, wholeUntilMs: fromMs }, toMs, 'utc')).toBe(
      'All 3 sources were seen completely until 10:35:04.',
    );
    expect(wholeSentence({ ...sight, whole: 1, gaps: [gap] }, toMs, 'utc')).toMatch(/^The other source was/);
    expect(wholeSentence({ ...sight, whole: 2, gaps: [gap] }, toMs, 'utc')).toMatch(/^The other 2 sources/);
    expect(wholeSentence({ ...sight, whole: 1 }, toMs, 'utc')).toMatch(/^The only source was/);
    expect(wholeSentence({ ...sight, whole: 0 }, toMs, 'utc')).toBeUndefined();
  });

  it('is qualified where somebody looked only later', () => {
    expect(laterSentence(sight, 'utc')).toBeUndefined();
    const later = { ...sight, connectedLater: [{ name: 'git', atMs: fromMs }] };
    expect(laterSentence(later, 'utc')).toMatch(/^git was connected only at 24 Nov 2026, 10:35:04 UTC: /);
  });
});
