import type { TimelineFilter, TimelineRow } from '@painchain/contract';
import { ProblemError } from '../problem/problem-error.js';
import { asQuery } from '../query/as-query.js';
import { columnsOf } from './columns/column.js';
import { fieldsOf } from './columns/column-value.js';
import type { EventRecord } from '../event-rows/timeline-row.js';
import type { PageRecord, Question } from './page.js';

/** What any request for rows says. */
export interface AskedRows extends TimelineFilter {
  from?: string | undefined;
  to?: string | undefined;
  fields?: string[] | undefined;
}

/** Throws `invalid` where it can't be answered. */
export function questionOf(
  { q, connector, project, type, status, actor, environment, from, to, fields }: AskedRows,
  limit: number,
): Question {
  if (
    from !== undefined &&
    to !== undefined &&
    Date.parse(from.toUpperCase()) >= Date.parse(to.toUpperCase())
  ) {
    throw new ProblemError('invalid', 'The time range is empty: from must be before to.', {
      errors: [{ pointer: '/from', detail: 'must be before to' }],
    });
  }
  const query = asQuery({ q, connector, project, type, status, actor, environment });
  return { query, from, to, columns: columnsOf(fields), limit };
}

/** Rows with the fields that were asked for, if any were. */
export function withFields<Record extends EventRecord, Row extends TimelineRow>(
  { columns }: Pick<Question, 'columns'>,
  toRow: (record: Record) => Row,
): (record: PageRecord<Record>) => Row {
  if (columns.length === 0) return toRow;
  return (record) => ({ ...toRow(record), fields: fieldsOf(columns, record.fields ?? []) });
}
