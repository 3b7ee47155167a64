import { limits } from '@painchain/contract';
import type { Statement } from '../database/sql.js';
import { type Bind, binder } from '../query/bind.js';
import type { Route } from '../query/route.js';
import { columnsSql } from './columns/column-sql.js';
import { directionOf, type Page, type Question } from './page.js';

// Numbers are read as all of their digits, so an event may be far larger than it was when it was sent.
const dataBytesMax = 8 * 1024 * 1024;

/** The columns that rows of a kind of page have of their own. */
export interface PageColumns {
  name: string;
  sql: string;
  /** Whether rows come with their data; those beyond `dataBytesMax`, but never the first, with null instead. */
  withData: boolean;
}

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
  const order = directionOf(page) === 'newer' ? 'asc' : 'desc';
  const select = (wanted: string) =>
    `select ${wanted} from events e where ${where}
order by e.timestamp ${order}, e.seq ${order} limit ${bind(page.limit + 1, 'bigint')}`;
  const text = columns.withData
    ? rowsOf(columns, page, bind, {
        places: select('e.timestamp, e.seq'),
        order: `page.timestamp ${order}, page.seq ${order}`,
      })
    : select(selected(columns, page, bind));
  // Each name is a prepared statement on each connection: rare combinations are not worth one.
  const isRare = route.bounds.length > 0 || page.columns.length > 0;
  return isRare ? { text, values } : { name: nameOf(columns, route, page), text, values };
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

function nameOf({ name }: PageColumns, { project }: Route, page: Page): string {
  const parts = [
    project && 'project',
    page.from !== undefined && 'from',
    page.to !== undefined && 'to',
    page.cursor ? 'beyond' : 'first',
    directionOf(page),
  ];
  return ['page', name, ...parts].filter(Boolean).join('-');
}

/** The statement of a page whose rows were found, in the order in which they are named. */
export function foundStatement(
  tenantId: number,
  columns: PageColumns,
  question: Question,
  seqs: readonly string[],
): Statement {
  const values: unknown[] = [tenantId, seqs];
  const places = 'select seq, place from unnest($2::bigint[]) with ordinality as found(seq, place)';
  const text = rowsOf(columns, question, binder(values), { places, order: 'page.place' });
  return question.columns.length > 0
    ? { text, values }
    : { name: `page-${columns.name}-found`, text, values };
}

function rowsOf(
  columns: PageColumns,
  question: Question,
  bind: Bind,
  { places, order }: { places: string; order: string },
): string {
  const data = `, case when coalesce(sum(octet_length(e.data::text)) over (order by ${order}
    rows between unbounded preceding and 1 preceding), 0) <= ${dataBytesMax} then e.data end as data`;
  return `select ${selected(columns, question, bind)}${columns.withData ? data : ''} from (${places}) page
join events e on e.tenant_id = $1 and e.seq = page.seq order by ${order}`;
}

function selected({ sql }: PageColumns, { columns }: Question, bind: Bind): string {
  if (columns.length === 0) return sql;
  return `${sql}, ${columnsSql(columns, limits.columnText, bind)} as fields`;
}
