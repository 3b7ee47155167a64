import { describe, expect, it } from 'vitest';
import { coverage, integration, stretch } from './testing.js';
import { emptyFinding, finding } from './words.js';

const whole = [stretch('complete', '10:00', '10:41:05'), stretch('pending', '10:41:05', '10:41:30')];
const four = ['a', 'b', 'c', 'd'].map((name) => integration(name, whole));
const limited = integration(
  'hub',
  [
    stretch('complete', '10:00', '10:20'),
    stretch('blind', '10:20', '10:34', 'rate limit'),
    stretch('complete', '10:34', '10:41:05'),
  ],
  { verdict: 'blind', sources: { total: 1, complete: 0, late: 0, blind: 1, not_connected: 0 } },
);

describe('an answer without a row', () => {
  it('is proved where every source has seen the window', () => {
    expect(emptyFinding(coverage(four), true, 'utc')).toEqual({
      tone: 'good',
      text: 'Nothing changed: all 4 sources complete until 10:41:05.',
    });
  });

  it('claims no more than was asked', () => {
    expect(emptyFinding(coverage(four), false, 'utc').text).toMatch(/^Nothing matches: all 4 sources/);
  });

  it('says who could not see, when and why', () => {
    const given = coverage([...four, limited], { verdict: 'blind' });
    expect(emptyFinding(given, true, 'utc')).toEqual({
      tone: 'bad',
      text: 'Can’t say: hub blind 10:20:00–10:34:00 (rate limit).',
    });
  });

  it('is worth nothing where nobody looks', () => {
    expect(emptyFinding(coverage([]), true, 'utc').text).toMatch(/^No source is connected/);
  });

  it('never says that nothing changed where not even the beginning was seen', () => {
    const given = coverage(four, { complete_until: null });
    expect(emptyFinding(given, true, 'utc').text).not.toMatch(/^Nothing/);
  });
});

describe('how a window was seen', () => {
  it('is told without an end when the window was over', () => {
    const past = coverage(four, { complete_until: '2026-11-24T11:00:00.000000Z' });
    expect(finding(past, 'utc').text).toBe('All 4 sources complete');
  });

  it('is told of how many sources', () => {
    const some = integration('hub', [stretch('late', '10:30', '10:41')], {
      sources: { total: 40, complete: 38, late: 2, blind: 0, not_connected: 0 },
    });
    const given = coverage([some, limited], { verdict: 'blind' });
    expect(finding(given, 'utc').text).toBe('hub blind 10:20:00–10:34:00 (rate limit), and 1 more');
    expect(finding(coverage([some], { verdict: 'late' }), 'utc')).toEqual({
      tone: 'warning',
      text: 'hub: 2 of 40 sources late 10:30:00–10:41:00',
    });
  });
});
