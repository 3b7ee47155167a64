import type { Zone } from '../components/clock.js';

/** Presets beside the text box. */
export const presets = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;

/**
 * A stretch of time as the address carries it: relative text stays relative (`24h`, `yesterday`), absolute ones are
 * instants. Nothing at all means any time.
 */
export type TimeRange = { range?: string; from?: string; to?: string };

/** Instants between which rows are wanted: `fromMs` included, `toMs` not; absent means without an end. */
export type Bounds = { fromMs?: number; toMs?: number };

const unitMs: Record<string, number> = {
  s: 1e3,
  m: 60e3,
  h: 3_600e3,
  d: 86_400e3,
  w: 7 * 86_400e3,
};

/** A stretch such as `30m` in ms; undefined when it is none. */
export function spanOf(text: string): number | undefined {
  return spanMs(text) || undefined;
}

function spanMs(text: string): number | undefined {
  const match = /^(\d{1,6})\s*([smhdw])$/.exec(text);
  return match ? Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0) : undefined;
}

/** The first instant of the day that `ms` lies in, or of one before it. */
export function startOfDay(ms: number, zone: Zone, daysAgo: number): number {
  const day = new Date(ms);
  if (zone === 'utc') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - daysAgo);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
}

/** The bounds of a relative text as seen from `now`; undefined when it is none. */
export function relativeBounds(text: string, now: number, zone: Zone): Bounds | undefined {
  const given = text.trim().toLowerCase();
  if (given === 'today') return { fromMs: startOfDay(now, zone, 0) };
  if (given === 'yesterday') return { fromMs: startOfDay(now, zone, 1), toMs: startOfDay(now, zone, 0) };
  const span = spanMs(given.replace(/^(?:last\s+|now\s*-\s*)/, ''));
  if (span === undefined || span === 0) return undefined;
  return { fromMs: now - span };
}

/** One moment that a person typed: `now`, `now-1h`, ISO with or without zone, a date, seconds or ms since 1970. */
export function momentMs(text: string, now: number, zone: Zone): number | undefined {
  const given = text.trim();
  if (/^now$/i.test(given)) return now;
  const ago = /^now\s*-\s*(.+)$/i.exec(given);
  if (ago) {
    const span = spanMs((ago[1] ?? '').toLowerCase());
    return span === undefined ? undefined : now - span;
  }
  if (/^\d{9,10}$/.test(given)) return Number(given) * 1e3;
  if (/^\d{12,13}$/.test(given)) return Number(given);
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:\d{2})?)?$/i.exec(
      given,
    );
  if (!iso) return undefined;
  const [, date = '', time = '00:00', offset] = iso;
  const ms = Date.parse(`${date}T${time}${offset?.toUpperCase() ?? (zone === 'utc' ? 'Z' : '')}`);
  // `Date` rolls 30 February over to March; a typing error must not move an incident.
  return Number.isNaN(ms) || Number(date.slice(8)) > daysIn(date) ? undefined : ms;
}

function daysIn(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}

export type ParsedRange = { range: TimeRange } | { fault: string };

const help = 'Try 30m, now-2h, yesterday, 2026-01-31 10:35, or A - B.';

/** What a person typed into the time box. */
export function parseRangeText(text: string, now: number, zone: Zone): ParsedRange {
  const given = text.trim();
  if (given === '' || /^any( time)?$/i.test(given)) return { range: {} };
  if (relativeBounds(given, now, zone)) {
    return {
      range: {
        range: given
          .toLowerCase()
          .replace(/^(?:last\s+|now\s*-\s*)/, '')
          .replace(/\s/g, ''),
      },
    };
  }
  const [first = '', second] = given.split(/\s+(?:-|–|to)\s+|\.\./);
  const from = momentMs(first, now, zone);
  if (from === undefined) return { fault: `“${first}” is no time that is understood. ${help}` };
  if (second === undefined) return { range: { from: iso(from) } };
  const to = momentMs(second, now, zone);
  if (to === undefined) return { fault: `“${second}” is no time that is understood. ${help}` };
  if (to <= from) return { fault: 'The end lies before the beginning.' };
  return { range: { from: iso(from), ...(!/^now$/i.test(second.trim()) && { to: iso(to) }) } };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The bounds of what the address says, as seen from `now`. */
export function boundsOf(range: TimeRange, now: number, zone: Zone): Bounds {
  const relative = range.range === undefined ? undefined : relativeBounds(range.range, now, zone);
  if (relative) return relative;
  return {
    ...(range.from !== undefined && { fromMs: Date.parse(range.from) }),
    ...(range.to !== undefined && { toMs: Date.parse(range.to) }),
  };
}

/** True when new events can still fall into the range. */
export function endsInFuture(bounds: Bounds, now: number): boolean {
  return bounds.toMs === undefined || bounds.toMs > now;
}
