import type { Query } from '@painchain/query';
import type { Bind } from './bind.js';
import { conditionOf } from './compile.js';
import { type Condition, write } from './conditions.js';
import type { Indexed, Route } from './route.js';
import type { Bound } from './time-field.js';
import { wordsQuery } from './words.js';

/** A place on the timeline. The timestamp is UTC with microseconds, as the database wrote it. */
export interface Place {
  timestamp: string;
  seq: string;
}

/** Which way leads to the events: along the timeline, along those of a ref, or along those that have the words. */
export type Way = 'time' | 'ref' | 'words';

/** A piece of the way. */
export interface Leg {
  tenantId: number;
  route: Route;
  way: Way;
  order: 'newest' | 'oldest';
  /** Begins beyond this place. */
  after: Place | undefined;
  /** How many events are looked at, at most. */
  size: number;
  /** Whether the caller asks for more of an event than its place. */
  hasColumns: boolean;
  /** The first parameter is the tenant. */
  bind: Bind;
}

export interface Source {
  /** What stands in front, if anything: `name as (…)`. */
  given: string[];
  /** The place of the step's last event, if there are as many as its size: a select of timestamp and seq. */
  last: string;
  /** The events, under the alias `e`. */
  events: string;
  /** What must hold of them. */
  condition: string;
}

/** Undefined when nothing can match. */
export function sourceOf(leg: Leg): Source | undefined {
  const { seq, project, ref, texts, others } = leg.route;
  switch (leg.way) {
    case 'time':
      return alongTime(leg, conditionOn(leg, [...others, ...texts], [ref]));
    case 'ref':
      return alongRef(leg, conditionOn(leg, [...others, ...texts], [seq, project]));
    case 'words':
      return alongWords(leg, conditionOn(leg, others, [seq, project, ref]));
  }
}

function conditionOn(
  leg: Leg,
  queries: readonly Query[],
  indexed: readonly (Indexed | undefined)[],
): Condition {
  const conditions = indexed.flatMap((each) => (each ? [each.condition] : []));
  return conditionOf({ kind: 'all', of: [...queries, ...conditions] }, leg.tenantId);
}

/** The timeline, or that of a project. Columns that nothing needs are not read: mostly an index is enough. */
function alongTime(leg: Leg, condition: Condition): Source | undefined {
  if (condition === false) return undefined;
  const { seq, project } = leg.route;
  const where = ['e.tenant_id = $1', ...within(leg, 'e')];
  if (seq) where.push(`e.seq = ${leg.bind(seq.value, 'bigint')}`);
  if (project) where.push(`e.project = ${leg.bind(project.value, 'text')}`);
  const inOrder = `from events e where ${where.join(' and ')} ${order(leg, 'e')}`;
  return {
    given: [],
    last: `select e.timestamp, e.seq ${inOrder} ${onlyLast(leg)}`,
    events: `(select * ${inOrder} limit ${leg.size}) e`,
    condition: write(condition, leg.bind),
  };
}

function alongRef(leg: Leg, condition: Condition): Source | undefined {
  const { ref } = leg.route;
  if (!ref || condition === false) return undefined;
  const where = ['r.tenant_id = $1', `r.ref = ${leg.bind(ref.value, 'text')}`, ...within(leg, 'r')];
  const inOrder = `select r.timestamp, r.seq from event_refs r where ${where.join(' and ')} ${order(leg, 'r')}`;
  return {
    given: [],
    last: `${inOrder} ${onlyLast(leg)}`,
    ...eventsAt(leg, `(${inOrder} limit ${leg.size})`, condition),
  };
}

/** The search knows whole instants only: at both ends it may find more than the range has. */
function alongWords(leg: Leg, condition: Condition): Source | undefined {
  const wanted = wordsQuery(leg.route.texts, leg.tenantId);
  if (wanted === undefined || condition === false) return undefined;
  const found = `select event_timestamp as timestamp, event_seq as seq from find_words(
    ${leg.bind(wanted, 'tsquery')}, ${latestStart(leg)}, ${earliestEnd(leg)}, ${leg.order === 'newest'}, ${leg.size})`;
  const where = ['true', ...within(leg, 'p')].join(' and ');
  return {
    given: [`places as materialized (${found})`],
    last: `select p.timestamp, p.seq from places p ${order(leg, 'p')} ${onlyLast(leg)}`,
    ...eventsAt(leg, `(select p.timestamp, p.seq from places p where ${where})`, condition),
  };
}

function eventsAt(leg: Leg, places: string, condition: Condition): Pick<Source, 'events' | 'condition'> {
  const isPlaceEnough = condition === true && !leg.hasColumns;
  const event = isPlaceEnough
    ? 'cross join lateral (select $1::integer as tenant_id, d.timestamp, d.seq) e'
    : 'join events e on e.tenant_id = $1 and e.seq = d.seq';
  return { events: `${places} d ${event}`, condition: write(condition, leg.bind) };
}

/** The conditions on the place: they are what an index of (timestamp, seq) needs. */
function within({ route, order, after, bind }: Leg, alias: string): string[] {
  const conditions = route.bounds.map(
    ({ operator, instant }) => `${alias}.timestamp ${operator} ${bind(instant, 'timestamptz')}`,
  );
  if (!after) return conditions;
  const place = `(${bind(after.timestamp, 'timestamptz')}, ${bind(after.seq, 'bigint')})`;
  return [...conditions, `(${alias}.timestamp, ${alias}.seq) ${order === 'newest' ? '<' : '>'} ${place}`];
}

const isStart = ({ operator }: Bound) => operator !== '<' && operator !== '<=';
const isEnd = ({ operator }: Bound) => operator !== '>' && operator !== '>=';

function latestStart({ route, order, after, bind }: Leg): string {
  const starts = route.bounds.filter(isStart).map(({ instant }) => instant);
  if (after && order === 'oldest') starts.push(after.timestamp);
  return `greatest(${['-infinity', ...starts].map((instant) => bind(instant, 'timestamptz')).join(', ')})`;
}

function earliestEnd({ route, order, after, bind }: Leg): string {
  const ends = route.bounds.filter(isEnd).map(({ instant }) => instant);
  if (after && order === 'newest') ends.push(after.timestamp);
  return `least(${['infinity', ...ends].map((instant) => bind(instant, 'timestamptz')).join(', ')})`;
}

function order({ order }: Leg, alias: string): string {
  const direction = order === 'newest' ? 'desc' : 'asc';
  return `order by ${alias}.timestamp ${direction}, ${alias}.seq ${direction}`;
}

const onlyLast = ({ size }: Leg) => `offset ${size - 1} limit 1`;
