import { momentMs, relativeBounds } from './time-range.js';

/** The fields that the API filters by. Several values of one mean any of them. */
export const filterFields = ['project', 'connector', 'type', 'status', 'actor', 'environment'] as const;
export type FilterField = (typeof filterFields)[number];
export type Filters = Partial<Record<FilterField, string[]>>;

/** All state of /home. It lives in the address and nowhere else, so that Back, Forward and a link restore it. */
export type HomeSearch = Filters & {
  range?: string;
  from?: string;
  to?: string;
  zone?: 'utc';
  /** The event that is open. */
  e?: string;
  tab?: 'raw';
};

function listOf(value: unknown): string[] {
  const given = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const texts = given.map(String).filter((text) => text !== '' && text.length <= 300);
  return [...new Set(texts)].slice(0, 100);
}

function single(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function instant(value: unknown): string | undefined {
  const text = single(value);
  const ms = text === undefined ? undefined : momentMs(text, 0, 'utc');
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Reads an address by hand: what makes no sense is left out, so that a broken link still shows a timeline. */
export function parseHomeSearch(raw: Record<string, unknown>): HomeSearch {
  const search: HomeSearch = {};
  for (const field of filterFields) {
    const values = listOf(raw[field]);
    if (values.length > 0) search[field] = values;
  }
  const range = single(raw['range']);
  if (range !== undefined && relativeBounds(range, 0, 'utc')) search.range = range;
  const from = instant(raw['from']);
  const to = instant(raw['to']);
  if (!search.range && from !== undefined) search.from = from;
  if (!search.range && to !== undefined && (from === undefined || from < to)) search.to = to;
  if (raw['zone'] === 'utc') search.zone = 'utc';
  const event = single(raw['e']);
  if (event !== undefined && /^evt_[A-Za-z0-9]{1,40}$/.test(event)) search.e = event;
  if (raw['tab'] === 'raw') search.tab = 'raw';
  return search;
}

/** The filters of an address alone. */
export function filtersOf(search: HomeSearch): Filters {
  const filters: Filters = {};
  for (const field of filterFields) if (search[field]) filters[field] = search[field];
  return filters;
}

/** The address without its filters and its time. */
export function withoutFilters(search: HomeSearch): HomeSearch {
  return parseHomeSearch({ zone: search.zone, e: search.e, tab: search.tab });
}

/** The address with one filter set to these values, or without it when there are none. */
export function withFilter(search: HomeSearch, field: FilterField, values: string[]): HomeSearch {
  return parseHomeSearch({ ...search, [field]: values });
}

export function isFiltered(search: HomeSearch): boolean {
  return filterFields.some((field) => search[field]) || isTimed(search);
}

export function isTimed(search: HomeSearch): boolean {
  return search.range !== undefined || search.from !== undefined || search.to !== undefined;
}
