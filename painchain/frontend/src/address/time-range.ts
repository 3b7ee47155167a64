import type { Zone } from '../components/clock.js';
import { mathMs, momentMs, readMath } from './date-math.js';
import { instantText, timeOn, type Unit, unitOf } from './moments.js';

export { momentMs };

/** Presets beside the text box. */
export const presets = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;

/**
 * A stretch of time as the address carries it: relative text stays relative (`24h`, `yesterday`, `now-1d/d - now/d`),
 * absolute ones are instants. Nothing at all means any time.
 */
export type TimeRange = { range?: string; from?: string; to?: string };

/** Instants between which rows are wanted: `fromMs` included, `toMs` not; absent means without an end. */
export type Bounds = { fromMs?: number; toMs?: number };

const spanMs: Partial<Record<Unit, number>> = { s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3, w: 7 * 86_400e3 };

/** A stretch such as `30m` in ms; undefined when it is none. */
export function spanOf(text: string): number | undefined {
  const match = /^(\d{1,5})([smhdw])$/.exec(text);
  return match ? Number(match[1]) * (spanMs[match[2] as Unit] ?? 0) || undefined : undefined;
}

/** The first instant of the day that `ms` lies in, or of one before it. */
export function startOfDay(ms: number, zone: Zone, daysAgo: number): number {
  return timeOn('0', ms, zone, -daysAgo);
}

/** Stretches that have a name, in the arithmetic of dates. */
const named: Record<string, readonly [from: string, to?: string]> = {
  today: ['now/d'],
  yesterday: ['now-1d/d', 'now-1d/d'],
  'this week': ['now/w'],
  'this month': ['now/M'],
  'this year': ['now/y'],
};

type Relative = { text: string; from: string; to?: string };

/** A stretch relative to the present, with its text in one form; undefined when it is none. */
function readRelative(text: string): Relative | undefined {
  const given = text.trim();
  const name = given.toLowerCase().replace(/\s+/g, ' ');
  const [from, to] = Object.hasOwn(named, name) ? (named[name] ?? []) : [];
  if (from !== undefined) return { text: name, from, ...(to !== undefined && { to }) };
  const span = readSpan(given);
  if (span !== undefined) return { text: span, from: `now-${span}` };
  const math = readMath(given);
  if (math !== undefined) return { text: math, from: math };
  for (const [first, second] of halves(given)) {
    const [from, to] = [readMath(first), /^now$/i.test(second) ? 'now' : readMath(second)];
    if (from !== undefined && to === 'now') return readRelative(from);
    if (from !== undefined && to !== undefined) return { text: `${from} - ${to}`, from, to };
  }
  return undefined;
}

/** `30m` of `30 m`, `last 30 minutes`, `now-30m`; `last hour` is one. */
function readSpan(text: string): string | undefined {
  const match = /^(?:(?:the\s+)?(last|past)\s+|now\s*-\s*)?(\d{1,5})?\s*([a-z]+?)(?:\s+ago)?$/i.exec(text);
  const unit = unitOf(match?.[3] ?? '');
  const count = Number(match?.[2] ?? (match?.[1] ? 1 : 0));
  return unit && count > 0 ? `${count}${unit}` : undefined;
}

/** Every way to take a text for a beginning and an end. */
function halves(text: string): [first: string, second: string][] {
  return [...text.matchAll(/\s+(?:-|–|—|to|until)\s+|\s*\.\.\s*/gi)].map(({ 0: sign, index }) => [
    text.slice(0, index),
    text.slice(index + sign.length).trim(),
  ]);
}

/** The bounds of a relative text as seen from `now`; undefined when it is none. */
export function relativeBounds(text: string, now: number, zone: Zone): Bounds | undefined {
  const relative = readRelative(text);
  const fromMs = relative && mathMs(relative.from, now, zone);
  if (relative?.to === undefined || fromMs === undefined)
    return fromMs === undefined ? undefined : { fromMs };
  const toMs = mathMs(relative.to, now, zone, true);
  // `now/d - now-1h` is upside down an hour long each night, and then a stretch with nothing in it.
  return toMs === undefined ? undefined : { fromMs, toMs: Math.max(toMs, fromMs + 1) };
}

export type ParsedRange = { range: TimeRange } | { fault: string };

const help = 'Try 30m, now-2h, yesterday, 2026-01-31 10:35, or A - B.';
const reversed = { fault: 'The end lies before the beginning.' };

/** What a person typed into the time box. */
export function parseRangeText(text: string, now: number, zone: Zone): ParsedRange {
  const given = text.trim();
  if (given === '' || /^any( time)?$/i.test(given)) return { range: {} };
  const relative = readRelative(given);
  if (relative) {
    const fromMs = mathMs(relative.from, now, zone) ?? Infinity;
    const toMs = relative.to === undefined ? Infinity : (mathMs(relative.to, now, zone, true) ?? -Infinity);
    return fromMs < toMs ? { range: { range: relative.text } } : reversed;
  }
  const [, sign, moment = ''] = /^(since|from|until|before)\s+(.+)$/i.exec(given) ?? [];
  if (sign !== undefined && halves(given).length === 0) {
    const ms = momentMs(moment, now, zone);
    if (ms === undefined) return notUnderstood(moment);
    return { range: /^[sf]/i.test(sign) ? { from: iso(ms) } : { to: iso(ms) } };
  }
  return parseHalves(given.replace(/^from\s+/i, ''), now, zone);
}

function parseHalves(given: string, now: number, zone: Zone): ParsedRange {
  const alone = momentMs(given, now, zone);
  if (alone !== undefined) return { range: { from: iso(alone) } };
  let fault = notUnderstood(halves(given)[0]?.[0] ?? given);
  for (const [first, second] of halves(given)) {
    const from = momentMs(first, now, zone);
    if (from === undefined) continue;
    const isNow = /^now$/i.test(second);
    const to = isNow ? now : momentMs(second, now, zone, from);
    if (to === undefined) fault = notUnderstood(second);
    else if (to <= from) return reversed;
    else return { range: { from: iso(from), ...(!isNow && { to: iso(to) }) } };
  }
  return fault;
}

function notUnderstood(text: string): { fault: string } {
  return { fault: `“${text}” is no time that is understood. ${help}` };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A range as it is typed: read again, in the same zone, it is the same range. */
export function rangeText({ range, from, to }: TimeRange, zone: Zone): string {
  if (range !== undefined) return range;
  const [first, last] = [from, to].map((at) => at && instantText(Date.parse(at), zone));
  if (first) return last ? `${first} - ${last}` : first;
  return last ? `until ${last}` : '';
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
