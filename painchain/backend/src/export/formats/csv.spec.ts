import type { JsonValue, TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../testing/read-csv.js';
import { asked, foreignRow, foreignText, pagesOf, textOf } from '../testing/rows.js';
import { csv } from './csv.js';

const write = (...pages: TimelineRow[][]) => textOf(csv.write(pagesOf(...pages), asked));
const names = [
  'timestamp',
  'title',
  'status',
  'connector',
  'project',
  'type',
  'actor',
  'environment',
  'severity',
];
const header = [...names, 'subject', 'url', 'tags', 'refs', 'id', 'data.n', 'data."a,=b"'];

const textOfValue = (value: JsonValue = null) =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What a cell says to somebody who reads it: without what keeps it from being run. */
const said = (cell: string) =>
  cell.replaceAll(/^'(?=[\t\r\n])|(?<=^'?[\s\p{C}]*|[;\t\r\n][\s\p{C}"]*)'(?=[=+\-@＝＋－＠])/gu, '');

describe('CSV', () => {
  it('says what was stored, whatever that is, and no text of it is a formula', async () => {
    const property = fc.asyncProperty(fc.array(foreignRow, { maxLength: 5 }), async (rows) => {
      const text = await write(rows.slice(0, 2), [], rows.slice(2));
      expect(text.startsWith('\ufeff')).toBe(true);
      const [first, ...lines] = readCsv(text.slice(1));
      expect(first).toEqual(header);
      expect(lines.map((line) => line.map(said))).toEqual(
        rows.map((row) =>
          [
            row.timestamp,
            row.title,
            ...[row.status, row.connector, row.project, row.type, row.actor].map((each) => each ?? ''),
            ...[row.environment, row.severity, row.subject, row.url].map((each) => each ?? ''),
            row.tags.join(' | '),
            row.refs.join(' | '),
            row.id,
            textOfValue(row.fields?.['data.n']),
            textOfValue(row.fields?.['data."a,=b"']),
          ].map(said),
        ),
      );
      const numbers = header.indexOf('data.n');
      for (const line of lines) {
        expect(line.filter((cell, n) => n !== numbers && /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual(
          [],
        );
        expect(line.filter((cell) => /^[\t\r\n]/.test(cell))).toEqual([]);
      }
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('runs nothing either where semicolons, tabs or lines separate cells, whatever is quoted', async () => {
    const property = fc.asyncProperty(foreignRow, async (row) => {
      for (const cell of (await write([row])).split(/[;\t\r\n]/)) {
        expect(cell).not.toMatch(/^[\s\p{C}"]*[=+\-@＝＋－＠]/u);
      }
    });
    await fc.assert(property, { numRuns: 300 });
    const [row] = fc.sample(foreignRow, { numRuns: 1, seed: 1 });
    if (!row) throw new Error('no row');
    expect(await write([{ ...row, title: 'a;"=1;-2\n@b - c' }])).toContain(`"a;""'=1;'-2\n'@b - c"`);
  });

  it('keeps numbers as numbers', async () => {
    const [row] = fc.sample(foreignRow, { numRuns: 1, seed: 1 });
    if (!row) throw new Error('no row');
    const [, line] = readCsv(await write([{ ...row, fields: { 'data.n': -1.5 } }]));
    expect(line?.slice(-2)).toEqual(['-1.5', '']);
  });

  it('has a header where there are no events', async () => {
    expect(readCsv((await write([])).slice(1))).toEqual([header]);
  });

  it('quotes only what needs it', async () => {
    const [row] = fc.sample(foreignRow, { numRuns: 1, seed: 1 });
    if (!row) throw new Error('no row');
    expect(await write([{ ...row, title: 'a "b", c', actor: 'ada lovelace' }])).toMatch(
      /\r\n[^,"]+,"a ""b"", c",.*,ada lovelace,/s,
    );
  });

  it('is read back by a parser that refuses what is none', () => {
    const cell = foreignText.filter((text) => /"/.test(text));
    fc.assert(
      fc.property(cell, (text) => {
        expect(() => readCsv(`a${text}`)).toThrow();
      }),
    );
  });
});
