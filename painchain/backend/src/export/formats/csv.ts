import type { JsonValue, TimelineRow } from '@painchain/contract';
import type { Asked, Format, Pages } from './format.js';

const columns = [
  'timestamp',
  'title',
  'status',
  'connector',
  'project',
  'type',
  'actor',
  'environment',
  'severity',
  'subject',
  'url',
  'tags',
  'refs',
  'id',
] as const satisfies (keyof TimelineRow)[];

// Without it Excel takes UTF-8 for the code page of the machine.
const byteOrderMark = '\ufeff';

/** RFC 4180: a line an event, and one above with the names of the columns. */
export const csv: Format<TimelineRow> = {
  media: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  write: writeCsv,
};

async function* writeCsv(pages: Pages<TimelineRow>, { fields }: Asked): AsyncGenerator<string> {
  yield byteOrderMark + lineOf([...columns, ...fields]);
  for await (const rows of pages) {
    yield rows
      .map((row) =>
        lineOf([...columns.map((name) => row[name]), ...fields.map((name) => row.fields?.[name])]),
      )
      .join('');
  }
}

type Cell = JsonValue | undefined;

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  return quoted(harmless(textOf(cell)));
}

/** Lists of tags and refs are told with a separator that spreadsheets don't split at. */
function textOf(cell: Exclude<JsonValue, number | boolean | null>): string {
  if (typeof cell === 'string') return cell;
  return Array.isArray(cell) ? cell.map(String).join(' | ') : JSON.stringify(cell);
}

// Full-width signs are signs to some spreadsheets, and what is invisible in front of them is skipped. Where a country
// separates cells by semicolons, they do so inside of our quotes, too, and so do tabs and the ends of lines.
const formula = /^(?=[\t\r\n])|(?<=^[\s\p{C}]*|[;\t\r\n][\s\p{C}"]*)(?=[=+\-@＝＋－＠])/gu;

/** An apostrophe in front of what a spreadsheet would run makes it text. */
function harmless(text: string): string {
  return text.replaceAll(formula, "'");
}

const special = /[",;\t\r\n]|^\s|\s$/u;

function quoted(text: string): string {
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
