import type { Zone } from './clock.js';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: Zone, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === 'utc' && { timeZone: 'UTC' }) });
    formats.set(key, found);
  }
  return found;
}

/** `10:35:04` */
export function clockTime(ms: number, zone: Zone): string {
  return format(zone, 'clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** `Tuesday 24 November 2026` */
export function dayName(ms: number, zone: Zone): string {
  return format(zone, 'day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** `24 Nov 2026` */
export function shortDay(ms: number, zone: Zone): string {
  return format(zone, 'short', { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
}

/** The zone's name beside a time: `UTC`, or `GMT+2` with what the reader's system calls it. */
export function zoneName(ms: number, zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const parts = format(zone, 'zone', { timeZoneName: 'short' }).formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'local';
}

/** `24 Nov 2026, 10:35:04 UTC` */
export function exactTime(ms: number, zone: Zone): string {
  return `${shortDay(ms, zone)}, ${clockTime(ms, zone)} ${zoneName(ms, zone)}`;
}

const steps: [number, string][] = [
  [60, 's'],
  [3_600, 'min'],
  [86_400, 'h'],
  [86_400 * 60, 'd'],
  [86_400 * 730, 'months'],
];

function amount(seconds: number): string {
  const [, name] = steps.find(([below]) => seconds < below) ?? [0, 'years'];
  const size =
    { s: 1, min: 60, h: 3_600, d: 86_400, months: 86_400 * 30.44, years: 86_400 * 365.25 }[name] ?? 1;
  return `${Math.floor(seconds / size)} ${name}`;
}

/** `4 min ago`, `in 2 h`; within five seconds `just now`. */
export function relativeTime(ms: number, now: number): string {
  const seconds = Math.abs(now - ms) / 1_000;
  if (seconds < 5) return 'just now';
  return ms <= now ? `${amount(seconds)} ago` : `in ${amount(seconds)}`;
}

/** A length of time in one unit: `14 min`. */
export function roughDuration(seconds: number): string {
  return amount(seconds);
}
