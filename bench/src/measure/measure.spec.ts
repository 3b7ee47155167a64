import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.js';
import { judge, judgedFrom } from './row.js';
import { shown, tableOf } from './table.js';

describe('percentile', () => {
  const values = [5, 1, 4, 2, 3];
  it.each([
    [0.5, 3],
    [0.95, 5],
    [0.2, 1],
    [0, 1],
    [1, 5],
  ])('of %d is a value that was measured', (share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('leaves the values as they were, and is not made of nothing', () => {
    percentile(values, 0.5);
    expect(values).toEqual([5, 1, 4, 2, 3]);
    expect(() => percentile([], 0.5)).toThrow('nothing was measured');
  });
});

describe('judge', () => {
  const row = { name: 'x', value: 8, reference: 10, unit: 'ms' };

  it('divides the value by the reference', () => {
    expect(judge(row, 1)).toEqual({ ...row, ratio: 0.8 });
    expect(judge({ ...row, reference: 0 }, 1).ratio).toBeNull();
    expect(judge({ name: 'x', value: null, unit: 'ms' }, 1)).toMatchObject({ reference: null, ratio: null });
  });

  it.each([
    [{ atMost: 8 }, 'ok'],
    [{ atMost: 7.9 }, 'missed'],
    [{ ratioAtLeast: 0.8 }, 'ok'],
    [{ ratioAtLeast: 0.81 }, 'missed'],
  ])('holds against the goal %j: %s', (goal, bar) => {
    expect(judge({ ...row, goal }, judgedFrom).bar).toBe(bar);
    expect(judge({ ...row, goal }, judgedFrom - 1).bar).toBeUndefined();
  });

  it('judges at any size what has nothing to do with it', () => {
    expect(judge({ ...row, goal: { atMost: 7 }, judgedAlways: true }, 1).bar).toBe('missed');
  });

  it('does not take what could not be measured for reached', () => {
    expect(judge({ ...row, value: null, goal: { atMost: 8 } }, judgedFrom).bar).toBe('missed');
    expect(judge({ ...row, value: null, goal: { ratioAtLeast: 0 } }, judgedFrom).bar).toBe('missed');
  });

  it('calls a faulty answer missed at any size', () => {
    expect(judge({ ...row, fault: 'too slow' }, 1).bar).toBe('missed');
  });
});

describe('the table', () => {
  it('shows what matters of a number', () => {
    const numbers = [null, 0, 0.0123456, 1.2345, 99.95, 100.4, 1_234_567];
    expect(numbers.map(shown)).toEqual(['–', '0', '0.0123', '1.23', '100', '100', '1,234,567']);
  });

  it('has one line per row, numbers to the right', () => {
    const text = tableOf([
      { name: 'newest p50', value: 4.5, reference: 1, ratio: 4.5, unit: 'ms', bar: 'ok' },
      { name: 'ingest', value: 12_000, reference: 20_000, ratio: 0.6, unit: 'events/s' },
    ]);
    expect(text).toBe(
      [
        'name         value  reference  ratio  unit      bar',
        '──────────  ──────  ─────────  ─────  ────────  ───',
        'newest p50     4.5          1    4.5  ms        ok',
        'ingest      12,000     20,000    0.6  events/s',
      ].join('\n'),
    );
  });
});
