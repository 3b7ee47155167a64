import type { Fields } from '@painchain/contract';
import { standardColumns } from './columns.js';

type Found = Fields['fields'][number];

const standard = new Set(standardColumns.map(({ field }) => field));

/** Fields that can still be added, by a text that their names contain. */
export function offered(fields: readonly Found[], cols: readonly string[], text: string): Found[] {
  const wanted = text.trim().toLowerCase();
  return fields.filter(
    ({ field }) => !standard.has(field) && !cols.includes(field) && field.toLowerCase().includes(wanted),
  );
}

/** The list with one of it a place further. */
export function moved(cols: readonly string[], index: number, step: 1 | -1): string[] {
  const next = [...cols];
  const [field] = next.splice(index, 1);
  if (field !== undefined) next.splice(index + step, 0, field);
  return next;
}
