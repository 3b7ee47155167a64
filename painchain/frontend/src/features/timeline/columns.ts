import type { JsonValue, TimelineRow } from '@painchain/contract';
import { limits } from '@painchain/contract/limits';
import { readField } from '@painchain/query';
import type { Zone } from '../../components/clock.js';
import { exactTime } from '../../components/time-format.js';

/** A column that every timeline has: its class, its head, and its field in the query language. */
export type Column = { id: string; name: string; field: string };

export const standardColumns: readonly Column[] = [
  { id: 'time', name: 'Time', field: 'timestamp' },
  { id: 'status', name: 'Status', field: 'status' },
  { id: 'title', name: 'Title', field: 'title' },
  { id: 'project', name: 'Project', field: 'project' },
  { id: 'connector', name: 'Connector', field: 'connector' },
  { id: 'actor', name: 'Actor', field: 'actor' },
];

/** Those, the added ones, and one for how many events a row stands for. */
export function columnCount(added: readonly string[]): number {
  return standardColumns.length + added.length + 1;
}

/** The head of an added column: the last two parts of its path, since `new` alone says nothing. */
export function columnName(field: string): string {
  const known = readField(field);
  const steps = known && 'path' in known ? known.path.slice(-2) : [field];
  const words = steps.join(' ').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Tracks of the grid when there are added columns; undefined leaves them to the style sheet. */
export function trackStyle(added: readonly string[], withDay: boolean): Record<string, string> | undefined {
  if (added.length === 0 && !withDay) return undefined;
  return {
    '--time': withDay ? '116px' : '64px',
    ...(added.length > 0 && {
      '--title': '260px',
      '--added': `repeat(${added.length}, minmax(96px, 9%))`,
      '--row-min': `${770 + added.length * 108}px`,
    }),
  };
}

/** The value of a field as a condition names it; undefined where a row has none, or not all of it. */
export function filterValue(row: TimelineRow, field: string): string | undefined {
  const value = valueOf(row, field);
  if (value === null || value === undefined || typeof value === 'object') return undefined;
  const text = String(value);
  return text === '' || (field !== 'title' && text.length >= limits.columnText) ? undefined : text;
}

function valueOf(row: TimelineRow, field: string): JsonValue | undefined {
  if (
    field === 'status' ||
    field === 'title' ||
    field === 'project' ||
    field === 'connector' ||
    field === 'actor'
  ) {
    return row[field];
  }
  return row.fields?.[field];
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The value of an added column in one short line. */
export function shownValue(row: TimelineRow, field: string, zone: Zone): string {
  const value = valueOf(row, field);
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  const ms = instant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? text : exactTime(ms, zone);
}
