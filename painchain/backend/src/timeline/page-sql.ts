import type { TimelineQuery } from '@painchain/contract';
import type { Statement } from '../database/sql.js';
import type { PageCursor } from './cursor.js';
import { conditionsOf } from './filter.js';

// Each name is a prepared statement on each connection: rare combinations are not worth one.
const namedConditionsMax = 1;

// Numbers are read as all of their digits, so an event may be far larger than it was when it was sent.
const dataBytesMax = 8 * 1024 * 1024;

export interface PageColumns {
  name: string;
  sql: string;
  /** Whether rows come with their data; those beyond `dataBytesMax`, but never the first, with null instead. */
  withData: boolean;
}

/**
 * The statement of a page with just the conditions that are set. One statement for all (`$2 is null or …`) would
 * get a generic plan that reads everything. Asks for one row more than the page has, to know whether it goes on.
 */
export function pageStatement(
  tenantId: number,
  columns: PageColumns,
  query: TimelineQuery,
  cursor: PageCursor | undefined,
): Statement {
  const values: unknown[] = [tenantId];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const where = ['e.tenant_id = $1'];
  const conditions = conditionsOf(query);
  for (const { column, values: wanted } of conditions) {
    where.push(
      wanted.length === 1
        ? `e.${column} = ${bind(wanted[0], 'text')}`
        : `e.${column} = any(${bind(wanted, 'text[]')})`,
    );
  }
  if (query.from !== undefined) where.push(`e.timestamp >= ${bind(query.from, 'timestamptz')}`);
  if (query.to !== undefined) where.push(`e.timestamp < ${bind(query.to, 'timestamptz')}`);
  const order = cursor?.direction === 'newer' ? 'asc' : 'desc';
  if (cursor) {
    const place = `(${bind(cursor.timestamp, 'timestamptz')}, ${bind(cursor.seq, 'bigint')})`;
    where.push(`(e.timestamp, e.seq) ${order === 'asc' ? '>' : '<'} ${place}`);
  }
  const select = (wanted: string) =>
    `select ${wanted} from events e where ${where.join(' and ')}
order by e.timestamp ${order}, e.seq ${order} limit ${bind(query.limit + 1, 'bigint')}`;
  const placeOfRow = `page.timestamp ${order}, page.seq ${order}`;
  const data = `, case when coalesce(sum(octet_length(e.data::text)) over (order by ${placeOfRow}
    rows between unbounded preceding and 1 preceding), 0) <= ${dataBytesMax} then e.data end as data`;
  // Most filters can be judged from an index alone; only the rows that pass are read whole.
  const text =
    conditions.length === 0 && !columns.withData
      ? select(columns.sql)
      : `select ${columns.sql}${columns.withData ? data : ''} from (${select('e.timestamp, e.seq')}) page
join events e on e.tenant_id = $1 and e.seq = page.seq order by ${placeOfRow}`;
  if (conditions.length > namedConditionsMax) return { text, values };
  return { name: nameOf(columns.name, query, cursor), text, values };
}

function nameOf(columns: string, query: TimelineQuery, cursor: PageCursor | undefined): string {
  const conditions = conditionsOf(query).map(
    ({ column, values }) => `${column}${values.length === 1 ? '' : 's'}`,
  );
  const range = [query.from !== undefined && 'from', query.to !== undefined && 'to', cursor?.direction];
  return ['page', columns, ...conditions, ...range].filter(Boolean).join('-');
}
