import { limits, type TimelineRow } from '@painchain/contract';
import { encodeId } from '../../database/opaque-id.js';
import type { Column } from './column.js';

export type ColumnValue = string | number | boolean | null;

/** A value as column-sql.ts writes it: the letter of its kind and its text. */
export type WrittenValue = string | null;

/** What a written value is, in full as far as it was read. */
export function readValue(written: WrittenValue): ColumnValue {
  if (written === null) return null;
  const text = written.slice(1);
  switch (written[0]) {
    case 'n':
      return asNumber(text);
    case 'b':
      return text === 'true';
    case 'j':
      return withoutSpaces(text);
    case 'e':
      return encodeId('evt', text);
    case 'i':
      return encodeId('int', text);
    default:
      return text;
  }
}

/** The values of added columns, by their names. */
export function fieldsOf(
  columns: readonly Column[],
  written: readonly WrittenValue[],
): NonNullable<TimelineRow['fields']> {
  return Object.fromEntries(columns.map(({ name }, n) => [name, cut(readValue(written[n] ?? null))]));
}

/** A number that a double can't hold stays text, as everywhere. */
function asNumber(text: string): number | string {
  const number = Number(text);
  const isKept = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isKept ? number : text;
}

const stringOrSeparator = /("(?:[^"\\]|\\.)*"?)|([,:]) /gs;

/** JSON as the database writes it, without the spaces between; also of a part that was cut off anywhere. */
function withoutSpaces(json: string): string {
  return json.replaceAll(stringOrSeparator, (_all, string?: string, separator?: string) => {
    return string ?? separator ?? '';
  });
}

function cut(value: ColumnValue): ColumnValue {
  if (typeof value !== 'string' || value.length <= limits.columnText) return value;
  const characters = [...value];
  if (characters.length <= limits.columnText) return value;
  return `${characters.slice(0, limits.columnText - 1).join('')}…`;
}
