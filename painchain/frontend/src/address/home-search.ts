import { any, print, type Query, readField } from '@painchain/query';
import { and, has, readQuery } from './conditions.js';
import { instantMs } from './moments.js';
import { relativeBounds, spanOf } from './time-range.js';

/** The parts of the panel of an open event. */
export const tabs = ['overview', 'changes', 'around', 'related', 'raw'] as const;
export type Tab = (typeof tabs)[number];

/** What the histogram's bars are split by; `none` leaves them whole. */
export const stackings = ['connector', 'project', 'status', 'none'] as const;
export type Stacking = (typeof stackings)[number];

/** What rows are put together under a heading. */
export const groupings = ['day', 'project', 'connector', 'none'] as const;
export type Grouping = (typeof groupings)[number];

/** Half of the window around a moment, as it is offered. */
export const windows = ['5m', '15m', '30m', '60m'] as const;
export const defaultWindow = '30m';

/**
 * All state of /home. It lives in the address and nowhere else, so that Back, Forward and a link restore it. What is
 * absent has its default, so that an address says only what somebody chose.
 */
export type HomeSearch = {
  /** The query: every condition there is. It may be one that can't be read, when somebody typed the address. */
  q?: string;
  /** Relative to the present: `24h`, `yesterday`. Never together with from and to. */
  range?: string;
  /** Instants, ISO 8601 in UTC: `from` is included, `to` is not. */
  from?: string;
  to?: string;
  zone?: 'utc';
  /** The event that is open, and the tab of its panel when that is not `overview`. */
  e?: string;
  tab?: Exclude<Tab, 'overview'>;
  /** The moment around which everything is shown, and how far to each side when that is not the default. */
  at?: string;
  w?: string;
  by?: Exclude<Stacking, 'connector'>;
  group?: Exclude<Grouping, 'day'>;
  /** Rows of one kind, or of one subject, each by itself. */
  fold?: 'off';
  /** Added columns, as names of fields in the query language. */
  cols?: string[];
  /** A field with - in front for descending; absent: the newest first. */
  sort?: string;
  /** The saved view that was opened. */
  view?: string;
};

/** Fields that an address may name directly: `?project=acme/api` is the condition `project:acme/api`. */
const namedFields = ['project', 'connector', 'type', 'status', 'actor', 'environment', 'tag'] as const;

const mostColumns = 20;
const longestField = 300;

function listOf(value: unknown): string[] {
  const given = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return [...new Set(given.map(String).filter((text) => text !== '' && text.length <= longestField))];
}

function single(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value);
}

function instant(value: unknown): string | undefined {
  const text = single(value);
  const ms = text === undefined ? undefined : instantMs(text, 'utc');
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function isField(name: string): boolean {
  return readField(name) !== undefined;
}

/** Reads an address by hand: what makes no sense is left out, so that a broken link still shows a timeline. */
export function parseHomeSearch(raw: Record<string, unknown>): HomeSearch {
  const cols = listOf(raw['cols']).filter(isField).slice(0, mostColumns);
  const sort = single(raw['sort']);
  const at = instant(raw['at']);
  const found: { [name in keyof HomeSearch]: HomeSearch[name] | undefined } = {
    q: queryOf(raw),
    ...timeOf(raw),
    zone: oneOf(['utc'], raw['zone']),
    e: matching(/^evt_[A-Za-z0-9]{1,40}$/, raw['e']),
    tab: oneOf(['changes', 'around', 'related', 'raw'], raw['tab']),
    at,
    w: at === undefined ? undefined : windowOf(raw['w']),
    by: oneOf(['project', 'status', 'none'], raw['by']),
    group: oneOf(['project', 'connector', 'none'], raw['group']),
    fold: oneOf(['off'], raw['fold']),
    cols: cols.length > 0 ? cols : undefined,
    sort: sort !== undefined && sort !== '-timestamp' && isField(sort.replace(/^-/, '')) ? sort : undefined,
    view: matching(/^view_[A-Za-z0-9]{1,40}$/, raw['view']),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function matching(pattern: RegExp, value: unknown): string | undefined {
  const text = single(value);
  return text !== undefined && pattern.test(text) ? text : undefined;
}

function timeOf(raw: Record<string, unknown>): Pick<HomeSearch, 'range' | 'from' | 'to'> {
  const range = single(raw['range']);
  if (range !== undefined && relativeBounds(range, 0, 'utc')) return { range };
  const from = instant(raw['from']);
  const to = instant(raw['to']);
  const isOrdered = from === undefined || to === undefined || from < to;
  return { ...(from !== undefined && { from }), ...(to !== undefined && isOrdered && { to }) };
}

function windowOf(value: unknown): string | undefined {
  const text = single(value);
  return text !== undefined && text !== defaultWindow && spanOf(text) !== undefined ? text : undefined;
}

/** The query of an address, with the conditions that it names directly. A query that can't be read stays as it is. */
function queryOf(raw: Record<string, unknown>): string | undefined {
  const given = single(raw['q'])?.trim() || undefined;
  const reading = readQuery(given);
  if ('fault' in reading) return given;
  const named = namedFields.flatMap((name): Query[] => {
    const values = listOf(raw[name]).map((value) => has({ name }, value));
    return values.length === 0 ? [] : [any(values)];
  });
  if (named.length === 0) return given;
  // Each once: an address is read again with what was read of it.
  return print(named.reduce((query, condition) => and(condition)(query), reading.query));
}

/** What decides which events there are: the query and the time. */
export function isAsked(search: HomeSearch): boolean {
  return search.q !== undefined || isTimed(search);
}

export function isTimed(search: HomeSearch): boolean {
  return search.range !== undefined || search.from !== undefined || search.to !== undefined;
}

/** The address without its query and its time. */
export function withoutAsked({
  q: _q,
  range: _range,
  from: _from,
  to: _to,
  ...rest
}: HomeSearch): HomeSearch {
  return rest;
}
