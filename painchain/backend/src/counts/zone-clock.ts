/** The clock on the wall of a time zone. All values are milliseconds; local ones are read as if they were UTC. */
export interface ZoneClock {
  /** How far the clock is ahead of UTC. */
  offsetAt(instant: number): number;
  /** When the clock first shows this or, where that is skipped, something later. */
  firstInstantOf(local: number): number;
}

// Making one costs a thousand times what asking it does.
const clocks = new Map<string, ZoneClock>();
const clocksMax = 64;

const day = 86_400_000;

/** Undefined when there is no such zone. */
export function zoneClock(zone: string): ZoneClock | undefined {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = makeClock(zone);
  if (!clock) return undefined;
  const [oldest] = clocks.keys();
  if (oldest !== undefined && clocks.size >= clocksMax) clocks.delete(oldest);
  clocks.set(zone, clock);
  return clock;
}

function makeClock(zone: string): ZoneClock | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const offsetAt = (instant: number) => readOffset(format.format(instant));
  return { offsetAt, firstInstantOf: (local) => firstInstantOf(local, offsetAt) };
}

/** Of `1/31/2026, GMT+05:45`; UTC has nothing behind GMT, and clocks before railways have seconds. */
function readOffset(formatted: string): number {
  const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(formatted);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = 0] = match;
  const length = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
  return sign === '-' ? -length : length;
}

// No clock is a day ahead of UTC, or behind: the two offsets are those before and after a change, if there is one.
function firstInstantOf(local: number, offsetAt: ZoneClock['offsetAt']): number {
  const candidates = [local - offsetAt(local - day), local - offsetAt(local + day)] as const;
  const early = Math.min(...candidates);
  const late = Math.max(...candidates);
  if (early + offsetAt(early) === local) return early;
  if (late + offsetAt(late) === local) return late;
  return firstTrue(early, late, (instant) => instant + offsetAt(instant) >= local);
}

/** The first whole number in (low, high] for which it is true; it is false at low, true at high and turns once. */
export function firstTrue(low: number, high: number, isTrue: (value: number) => boolean): number {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (isTrue(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
