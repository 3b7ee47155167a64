import { describe, expect, it } from 'vitest';
import { at, coverage, integration, stretch } from './testing.js';
import { emptyFinding, finding, gapWords, stretchWords } from './words.js';

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

  it('says why nobody looks, where somebody could', () => {
    const reason = 'No connector runs with the file that defines it.';
    const orphan = integration('hub', [stretch('not_connected', '10:00', '10:41', reason)], {
      sources: { total: 0, complete: 0, late: 0, blind: 0, not_connected: 0 },
      verdict: 'not_connected',
    });
    const text = 'hub not connected 10:00:00–10:41:00 (No connector runs with the file that defines it)';
    expect(finding(coverage([orphan]), 'utc').text).toBe(text);
    expect(emptyFinding(coverage([orphan]), true, 'utc').text).toBe(`Can’t say: ${text}.`);
  });

  it('is proved since the last source was connected', () => {
    const since = integration('late-comer', [
      stretch('not_connected', '10:00', '10:02:11'),
      ...whole.map((each, index) => (index === 0 ? { ...each, from: at('10:02:11') } : each)),
    ]);
    const given = coverage([since, ...four], { verdict: 'not_connected', complete_until: null });
    expect(emptyFinding(given, true, 'utc')).toEqual({
      tone: 'good',
      text: 'Nothing changed since 10:02:11: all 5 sources complete until 10:41:05.',
    });
  });

  it('proves nothing where nothing was looked at', () => {
    const unseen = coverage([integration('new', [stretch('pending', '10:41', '10:41:30')])]);
    expect(emptyFinding(unseen, true, 'utc').text).toBe('Can’t say: no source has looked yet.');
    const idle = integration('idle', [stretch('not_connected', '10:00', '11:00', 'It is paused.')]);
    expect(emptyFinding(coverage([idle]), true, 'utc').text).toBe(
      'Can’t say: idle not connected 10:00:00–11:00:00 (It is paused).',
    );
  });

  it('is proved after all where what came late is here by now', () => {
    const caughtUp = integration('hub', [
      stretch('complete', '10:00', '10:20'),
      stretch('late', '10:20', '10:34', 'Its connector was away.'),
      stretch('complete', '10:34', '10:41:05'),
      stretch('pending', '10:41:05', '10:41:30'),
    ]);
    expect(emptyFinding(coverage([caughtUp]), true, 'utc').text).toBe(
      'Nothing changed: the only source complete until 10:41:05.',
    );
  });
});

describe('how a window was seen', () => {
  it('is told without an end when the window was over', () => {
    const over = integration('a', [stretch('complete', '10:00', '11:00')]);
    const past = coverage([over], { complete_until: at('11:00') });
    expect(finding(past, 'utc').text).toBe('The only source complete');
  });

  it('is told of how many sources', () => {
    const some = integration('hub', [stretch('late', '10:30', '10:41')], {
      sources: { total: 40, complete: 38, late: 2, blind: 0, not_connected: 0 },
      verdict: 'late',
    });
    const given = coverage([some, limited], { verdict: 'blind' });
    expect(finding(given, 'utc').text).toBe('hub blind 10:20:00–10:34:00 (rate limit), and 1 more');
    expect(finding(coverage([some], { verdict: 'late' }), 'utc')).toEqual({
      tone: 'warning',
      text: 'hub: 2 of 40 sources late 10:30:00–10:41:00',
    });
  });

  it('is told since the last source was connected', () => {
    const since = integration('a', [
      stretch('not_connected', '10:00', '10:02:11'),
      stretch('complete', '10:02:11', '11:00'),
    ]);
    const text = 'Since 10:02:11 the only source complete';
    expect(finding(coverage([since]), 'utc')).toEqual({ tone: 'good', text });
  });

  it('counts only the sources that have the gap that is told', () => {
    const stretches = [stretch('complete', '10:00', '10:30'), stretch('late', '10:30', '10:41')];
    const recent = integration('hub', stretches, {
      sources: { total: 3, complete: 0, late: 1, blind: 0, not_connected: 2 },
      verdict: 'not_connected',
    });
    expect(gapWords(recent, 'utc', at('10:41'))).toBe('hub late 10:30:00–10:41:00');
  });

  it('has its reason without the marks of code', () => {
    const refused = integration('hub', [stretch('blind', '10:00', '10:41', 'It says `401`.')]);
    expect(gapWords(refused, 'utc', at('10:41'))).toBe('hub blind 10:00:00–10:41:00 (It says 401)');
  });
});

describe('a stretch', () => {
  const morning = { from: at('10:20'), to: at('10:34') };

  it('has its day, unless that is today', () => {
    expect(stretchWords(morning, 'utc', at('23:00'))).toBe('10:20:00–10:34:00');
    expect(stretchWords(morning, 'utc', '2026-11-25T00:01:00Z')).toBe('24 Nov 2026, 10:20:00–10:34:00');
    expect(stretchWords(morning, 'utc')).toBe('24 Nov 2026, 10:20:00–10:34:00');
  });

  it('is told in full from one day to another', () => {
    const night = { from: at('23:50'), to: '2026-11-25T00:10:00Z' };
    expect(stretchWords(night, 'utc', at('23:59'))).toBe(
      '24 Nov 2026, 23:50:00 UTC–25 Nov 2026, 00:10:00 UTC',
    );
  });
});
