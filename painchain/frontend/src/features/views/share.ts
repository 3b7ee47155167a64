import { type Asked, askedOf } from '../../address/asked.js';
import { defaultWindow, type HomeSearch } from '../../address/home-search.js';
import { spanOf } from '../../address/time-range.js';
import { apiUrl } from '../../api/client.js';
import type { Zone } from '../../components/clock.js';
import { exactTime } from '../../components/time-format.js';
import { searchText } from '../../search-text.js';

export const formats = ['csv', 'ndjson', 'markdown'] as const;
export type Format = (typeof formats)[number];

/** The same address with its time fixed as it is seen from `now`, so that it shows the same events tomorrow. */
export function absoluteSearch(search: HomeSearch, now: number): HomeSearch {
  const { range: _range, from: _from, to: _to, view: _view, q, ...rest } = search;
  const { from, to = new Date(now).toISOString() } = askedOf(search, now, search.zone ?? 'local');
  return { ...(q !== undefined && { q }), ...(from !== undefined && { from }), to, ...rest };
}

/** The link to an address of /home. */
export function linkTo(search: HomeSearch, origin: string): string {
  return `${origin}/home${searchText(search)}`;
}

/** The events that a file is made of: those of the query, or all around a moment while that is on the screen. */
function askedForFile(search: HomeSearch, now: number): Asked {
  if (search.at === undefined) return askedOf(search, now, search.zone ?? 'local');
  const { fromMs, toMs } = windowOf(search.at, search.w);
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function windowOf(at: string, width = defaultWindow): { fromMs: number; toMs: number } {
  const half = spanOf(width) ?? 0;
  // The end of a request is not included, that of the window is.
  return { fromMs: Date.parse(at) - half, toMs: Date.parse(at) + half + 1 };
}

/** Where the backend makes a file of what is on the screen. `localZone` is the reader's, as IANA names it. */
export function exportUrl(search: HomeSearch, format: Format, now: number, localZone: string): string {
  const isMarkdown = format === 'markdown';
  return apiUrl('/export', {
    format,
    ...askedForFile(search, now),
    fields: search.cols,
    ...(isMarkdown && { at: search.at, zone: search.zone === 'utc' ? 'UTC' : localZone }),
  });
}

/** What such a file will hold, in one line. */
export function exportWords(search: HomeSearch): string {
  const zone: Zone = search.zone ?? 'local';
  if (search.at !== undefined)
    return `Everything within ${search.w ?? defaultWindow} of ${exactTime(Date.parse(search.at), zone)}, whatever the query.`;
  return `Everything${search.q === undefined ? '' : ' that matches'}, ${timeWords(search, zone)}.`;
}

function timeWords({ range, from, to }: HomeSearch, zone: Zone): string {
  // `24h` and `3M` reach back from now; `yesterday` and `now-1d/d` are their own name.
  if (range !== undefined) return /^\d/.test(range) ? `of the last ${range}` : `of ${range}`;
  const [first, last] = [from, to].map((text) => text && exactTime(Date.parse(text), zone));
  if (first) return last ? `from ${first} to ${last}` : `since ${first}`;
  return last ? `up to ${last}` : 'of any time';
}
