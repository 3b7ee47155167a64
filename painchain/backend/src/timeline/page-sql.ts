import type { Statement } from '../database/sql.js';
import { type Bind, binder } from '../query/bind.js';
import type { Route } from '../query/route.js';
import type { Page } from './page.js';

// Numbers are read as all of their digits, so an event may be far larger than it was when it was sent.
const dataBytesMax = 8 * 1024 * 1024;

export interface PageColumns {
  name: string;
  sql: string;
  /** Whether rows come with their data; those beyond `dataBytesMax`, but never the first, with null instead. */
  withData: boolean;
}

const orderOf = ({ cursor }: Page) => (cursor?.direction === 'newer' ? 'asc' : 'desc');

/**
 * Whether an index gives the very rows of the page: when nothing but the time and one project is asked for. Then
 * there is nothing to look for.
 */
export function isDirect({ seq, ref, texts, others }: Route): boolean {
  return !seq && !ref && texts.length === 0 && others.length === 0;
}

/**
 * The statement of a page that an index gives, with just the conditions that are set. One statement for all
 * (`$2 is null or …`) would get a generic plan that reads everything. Asks for one row more than the page has, to
 * know whether it goes on.
 */
export function directStatement(tenantId: number, columns: PageColumns, route: Route, page: Page): Statement {
  const values: unknown[] = [tenantId];
  const bind = binder(values);
  const where = ['e.tenant_id = $1', ...directConditions(route, page, bind)].join(' and ');
  const order = orderOf(page);
  const select = (wanted: string) =>
    `select ${wanted} from events e where ${where}
order by e.timestamp ${order}, e.seq ${order} limit ${bind(page.limit + 1, 'bigint')}`;
  const text = columns.withData ? rowsOf(columns, select('e.timestamp, e.seq'), order) : select(columns.sql);
  // Each name is a prepared statement on each connection: rare combinations are not worth one.
  return route.bounds.length === 0 ? { name: nameOf(columns, route, page), text, values } : { text, values };
}

function directConditions({ project, bounds }: Route, { from, to, cursor }: Page, bind: Bind): string[] {
  const conditions = bounds.map(
    ({ operator, instant }) => `e.timestamp ${operator} ${bind(instant, 'timestamptz')}`,
  );
  if (project) conditions.push(`e.project = ${bind(project.value, 'text')}`);
  if (from !== undefined) conditions.push(`e.timestamp >= ${bind(from, 'timestamptz')}`);
  if (to !== undefined) conditions.push(`e.timestamp < ${bind(to, 'timestamptz')}`);
  if (!cursor) return conditions;
  const place = `(${bind(cursor.timestamp, 'timestamptz')}, ${bind(cursor.seq, 'bigint')})`;
  return [...conditions, `(e.timestamp, e.seq) ${cursor.direction === 'newer' ? '>' : '<'} ${place}`];
}

function nameOf({ name }: PageColumns, { project }: Route, { from, to, cursor }: Page): string {
  const parts = [
    project && 'project',
    from !== undefined && 'from',
    to !== undefined && 'to',
    cursor?.direction,
  ];
  return ['page', name, ...parts].filter(Boolean).join('-');
}

/** The statement of a page whose rows were found, in its order. */
export function foundStatement(
  tenantId: number,
  columns: PageColumns,
  seqs: readonly string[],
  page: Page,
): Statement {
  const places =
    'select e.timestamp, e.seq from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])';
  const order = orderOf(page);
  return {
    name: `page-${columns.name}-found-${order}`,
    text: rowsOf(columns, places, order),
    values: [tenantId, seqs],
  };
}

function rowsOf({ sql, withData }: PageColumns, places: string, order: 'asc' | 'desc'): string {
  const place = `page.timestamp ${order}, page.seq ${order}`;
  const data = `, case when coalesce(sum(octet_length(e.data::text)) over (order by ${place}
    rows between unbounded preceding and 1 preceding), 0) <= ${dataBytesMax} then e.data end as data`;
  return `select ${sql}${withData ? data : ''} from (${places}) page
join events e on e.tenant_id = $1 and e.seq = page.seq order by ${place}`;
}
