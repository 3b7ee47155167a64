import type { TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, foreignRow, foreignText, pagesOf, textOf } from '../testing/rows.js';
import { localClock } from './local-clock.js';
import { markdown } from './markdown.js';
import { code, link, plain } from './markdown-text.js';

/** The rest of a line once code and escaped characters are taken out of it, as CommonMark reads it. */
function outsideOfCode(line: string): string {
  let rest = '';
  for (let at = 0; at < line.length;) {
    if (line[at] === '\\' && /[!-/:-@[-`{-~]/.test(line[at + 1] ?? '')) {
      at += 2;
      continue;
    }
    const [run = ''] = /^`+/.exec(line.slice(at)) ?? [];
    const end = run === '' ? undefined : closing(line, at + run.length, run.length);
    if (end !== undefined) at = end;
    else {
      rest += run === '' ? line[at] : run;
      at += run.length || 1;
    }
  }
  return rest;
}

function closing(line: string, from: number, length: number): number | undefined {
  for (const { 0: run, index } of line.slice(from).matchAll(/`+/g))
    if (run.length === length) return from + index + length;
  return undefined;
}

const active = /[`*_[\]<>&~#!|$@]|:\/\/|www\.|mailto:|xmpp:|[\n\r\u2028\u2029\u0085\u202e]/i;

const row: TimelineRow = {
  ...(fc.sample(foreignRow, { numRuns: 1, seed: 1 })[0] as TimelineRow),
  title: 'Rolled out api',
  project: 'acme/api',
  connector: 'ci',
  actor: 'ada',
  status: 'failure',
  url: 'https://acme.example/run/1',
  fields: {},
};

describe('foreign text in Markdown', () => {
  it('makes no link, no markup and no line', () => {
    fc.assert(
      fc.property(foreignText, (text) => {
        expect(outsideOfCode(plain(text))).not.toMatch(active);
        expect(outsideOfCode(code(text))).toBe('');
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['Deploy api_v2 *now* <b>', String.raw`Deploy api\_v2 \*now\* \<b\>`],
    ['see https://x.example/a_b, please', 'see `https://x.example/a_b,` please'],
    ['by ada@x.example', 'by `ada@x.example`'],
    [' a\n# b ', String.raw`a \# b`],
    ['a`https://x`b', 'a\\``https://x`\\`b'],
  ])('%s', (text, written) => {
    expect(plain(text)).toBe(written);
  });

  it('is a link only where it is http, and ends where the link ends', () => {
    expect(link('source', 'javascript:alert(1)')).toBeUndefined();
    expect(link('source', '/a')).toBeUndefined();
    expect(link('source', 'https://x.example/a?b=(c)&d=<e>')).toBe(
      '[source](https://x.example/a?b=%28c%29&amp;d=%3Ce%3E)',
    );
    const url = foreignText.map((text) => `https://x.example/${text}`);
    fc.assert(
      fc.property(url, (text) => {
        expect(link('source', text)).toMatch(/^\[source\]\(https:\/\/x\.example\/[^\s()<>\\`"|$]*\)$/);
      }),
    );
  });
});

describe('an incident as Markdown', () => {
  const write = (rows: TimelineRow[], more: object = {}) =>
    textOf(markdown.write(pagesOf(rows.slice(0, 1), [], rows.slice(1)), { ...asked, ...more }));

  it('has a heading a day and a line an event, with offsets from the moment in question', async () => {
    const rows = [
      { ...row, timestamp: '2026-01-01T23:30:48.500000Z' },
      { ...row, timestamp: '2026-01-02T09:35:00.000000Z', status: 'success', actor: null, url: null },
      { ...row, timestamp: '2026-01-02T09:35:12.000000Z', status: null, fields: { 'data.n': 3 } },
    ];
    const berlin = localClock('Europe/Berlin');
    const text = await write(rows, {
      query: 'status:failure project:acme/api',
      from: '2026-01-01T00:00:00Z',
      at: '2026-01-02T09:35:00Z',
      clock: berlin,
    });
    expect(text).toBe(`# Timeline of \`status:failure project:acme/api\`

2026-01-01 01:00:00 to now, 2026-01-03 01:00:00. Times are those of \`Europe/Berlin\`.

Offsets are from 2026-01-02 10:35:00.

## 2026-01-02, Friday

- **00:30:48** (−10 h 4 m) ✕ failure — Rolled out api · acme/api · ci · ada · [source](https://acme.example/run/1)
- **10:35:00** (±0 s) ✓ success — Rolled out api · acme/api · ci
- **10:35:12** (+12 s) Rolled out api · acme/api · ci · ada · data.n: 3 · [source](https://acme.example/run/1)
`);
  });

  it('tells the hour apart that comes twice where clocks are set back', async () => {
    const hours = ['2026-10-24T23:30', '2026-10-25T00:30', '2026-10-25T01:30', '2026-10-25T02:30'];
    const rows = hours.map((hour) => ({ ...row, timestamp: `${hour}:00.000000Z` }));
    const text = await write(rows, { clock: localClock('Europe/Berlin') });
    expect(text.match(/^(?:## .*|- \*\*[\d:]+)/gm)).toEqual([
      '## 2026-10-25, Sunday',
      '- **01:30:00',
      '- **02:30:00',
      '## 2026-10-25, Sunday, from here on GMT+1',
      '- **02:30:00',
      '- **03:30:00',
    ]);
  });

  it('has a glyph for what is known to be good or bad, in any spelling, and never guesses', async () => {
    const statuses = ['Succeeded', 'timed-out', 'CrashLoopBackOff', 'completed', 'failover', 'in progress'];
    const text = await write(statuses.map((status) => ({ ...row, status })));
    expect(text.match(/[✓✕•] \S+/g)).toEqual([
      '✓ Succeeded',
      '✕ timed-out',
      '✕ CrashLoopBackOff',
      '• completed',
      '• failover',
      '• in',
    ]);
  });

  it('says so when there is nothing', async () => {
    expect(await write([])).toMatch(/^# Timeline of all events\n[^]*\nNo events\.\n$/);
  });

  it('keeps each event on its line, whatever it says', async () => {
    const line = /^- \*\*\d\d:\d\d:\d\d\*\* (.*)$/;
    const source = /\[source\]\(https:\/\/[^\s()<>\\`"|$]*\)$/;
    const property = fc.asyncProperty(fc.array(foreignRow, { minLength: 1, maxLength: 5 }), async (rows) => {
      const lines = (await write(rows)).split('\n');
      const events = lines.flatMap((each) => line.exec(each)?.[1] ?? []);
      expect(events).toHaveLength(rows.length);
      for (const each of events) expect(outsideOfCode(each.replace(source, ''))).not.toMatch(active);
      const others = lines.filter((each) => each !== '' && !line.test(each));
      expect(
        others.filter((each) => !/^(?:#{1,2} (?:Timeline of|2026-01-0[12], )|The beginning to )/.test(each)),
      ).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
