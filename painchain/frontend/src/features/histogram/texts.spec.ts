import { describe, expect, it } from 'vitest';
import type { Bucket } from './buckets.js';
import { bucketText, stretchText, summaryText } from './texts.js';

const at = (text: string) => Date.parse(`2026-03-01T${text}Z`);

function bucket(
  from: string,
  to: string,
  count: number,
  failures = 0,
  counted: Bucket['counted'] = 'whole',
): Bucket {
  return { fromMs: at(from), toMs: at(to), count, failures, counted, values: [], others: 0, layers: [] };
}

describe('stretchText', () => {
  it('names the zone, the day once, and seconds only where there are any', () => {
    expect(stretchText(bucket('10:00:00', '10:15:00', 0), 'utc')).toBe('1 Mar 2026, 10:00 – 10:15 UTC');
    expect(stretchText(bucket('10:00:00', '10:00:05', 0), 'utc')).toBe('1 Mar 2026, 10:00:00 – 10:00:05 UTC');
    expect(stretchText({ fromMs: at('00:00:00'), toMs: at('00:00:00') + 86_400_000 }, 'utc')).toBe(
      '1 Mar 2026, 00:00 – 2 Mar 2026, 00:00 UTC',
    );
  });
});

describe('bucketText', () => {
  it('says what is known, and what is not', () => {
    const stretch = '1 Mar 2026, 10:00 – 10:15 UTC: ';
    const text = (...given: [number, number?, Bucket['counted']?]) =>
      bucketText(bucket('10:00:00', '10:15:00', ...given), 'utc');
    expect(text(41, 1)).toBe(`${stretch}41 events, 1 failure`);
    expect(text(1)).toBe(`${stretch}1 event`);
    expect(text(3, 0, 'part')).toBe(`${stretch}at least 3 events`);
    expect(text(0, 0, 'none')).toBe(`${stretch}not counted`);
  });
});

describe('summaryText', () => {
  it('is the whole histogram in a sentence', () => {
    const buckets = [bucket('10:00:00', '10:15:00', 41, 12), bucket('10:15:00', '10:30:00', 1_271)];
    expect(summaryText(buckets, 'utc', true)).toBe(
      '1,312 events between 1 Mar 2026, 10:00:00 UTC and 1 Mar 2026, 10:30:00 UTC, ' +
        'most 1,271 at 1 Mar 2026, 10:15:00 UTC, 12 failures.',
    );
    expect(summaryText([bucket('10:00:00', '10:15:00', 1, 0, 'part')], 'utc', true)).toMatch(
      /^At least 1 event .*no failures/,
    );
  });

  it('claims nothing of failures that are not counted', () => {
    expect(summaryText([bucket('10:00:00', '10:15:00', 1)], 'utc', false)).not.toMatch(/failure/);
  });

  it('says that there is nothing', () => {
    expect(summaryText([bucket('10:00:00', '10:15:00', 0)], 'utc', true)).toMatch(/^No events between/);
    expect(summaryText([], 'utc', true)).toBe('No stretch of time is shown.');
  });
});
