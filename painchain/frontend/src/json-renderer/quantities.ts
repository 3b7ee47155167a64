const unitSeconds: Record<string, number> = {
  ns: 1e-9,
  nanoseconds: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  microseconds: 1e-6,
  ms: 1e-3,
  millis: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

const unitBytes: Record<string, number> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
  pi: 2 ** 50,
  ei: 2 ** 60,
};

// In a key only the words that can mean nothing else: `min` is also a minimum, `ns` a namespace, `us` a region,
// `second` an ordinal and `day` a day of the month.
const timeUnitsOfKeys = new Set(
  'ms millis milliseconds microseconds nanoseconds secs seconds mins minutes hours days'.split(' '),
);
const sizeUnitsOfKeys = new Set('bytes kb mb gb tb kib mib gib tib'.split(' '));

function unit(table: Record<string, number>, word: string): number | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** How a key or a hint says that a number is one of a hundred. */
export const percentUnits: ReadonlySet<string> = new Set(['percent', 'percentage', 'pct', '%']);

export function isPercentText(text: string): boolean {
  return /^-?\d{1,3}(?:\.\d+)? ?%$/.test(text);
}

/** Seconds of one unit of time, as a hint may name it: `s`, `ms`, `minutes`. */
export function secondsPer(name: string): number | undefined {
  return unit(unitSeconds, name.toLowerCase());
}

/** Bytes of one unit of size, as a hint may name it: `bytes`, `MiB`. */
export function bytesPer(name: string): number | undefined {
  return unit(unitBytes, name.toLowerCase());
}

/** The unit that the last word of a key names beyond doubt. */
export function unitOfKey(word: string): 'duration' | 'bytes' | undefined {
  if (timeUnitsOfKeys.has(word)) return 'duration';
  return sizeUnitsOfKeys.has(word) ? 'bytes' : undefined;
}

const isoDuration = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const goDuration = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|h|m|s))+$/;

/**
 * Seconds of a duration that is written as one: `PT3M54S` or `1h2m3s`. A bare `500m` is none: half a processor is
 * written so too.
 */
export function durationSeconds(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const iso = isoDuration.exec(text);
  if (iso) {
    const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = iso;
    return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  }
  if (!goDuration.test(text) || /^[\d.]+m$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, word] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|h|m|s)/g)) {
    total += Number(amount) * (unit(unitSeconds, word ?? '') ?? 0);
  }
  return total;
}

/** Bytes of a quantity with a binary suffix such as `512Mi`, as container platforms write them. */
export function quantityBytes(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?(Ki|Mi|Gi|Ti|Pi|Ei|KiB|MiB|GiB|TiB)$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (unit(unitBytes, (match[2] ?? '').toLowerCase()) ?? 1);
}

/** `3 m 54 s`; two units at most, since nobody reads the third. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return String(seconds);
  const sign = seconds < 0 ? '−' : '';
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${sign}${trim(size * 1e6)} µs`;
  if (size < 1) return `${sign}${trim(size * 1e3)} ms`;
  if (size < 60) return `${sign}${trim(size)} s`;
  const whole = Math.round(size);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3_600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown = parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return sign + shown.map(([amount, name]) => `${amount} ${name}`).join(' ');
}

/** `512 MiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return String(bytes);
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let size = Math.abs(bytes);
  let step = 0;
  while (size >= 1024 && step < names.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${bytes < 0 ? '−' : ''}${trim(size)} ${names[step]}`;
}

/** A duration as people read it: written as one, or a number in the first of these units that is one, else seconds. */
export function durationText(value: unknown, units: readonly (string | undefined)[]): string {
  const written = typeof value === 'string' ? durationSeconds(value) : undefined;
  return formatDuration(written ?? Number(value) * firstOf(units, secondsPer));
}

/** A size as people read it, likewise; without a unit it is bytes. */
export function bytesText(value: unknown, units: readonly (string | undefined)[]): string {
  const written = typeof value === 'string' ? quantityBytes(value) : undefined;
  return formatBytes(written ?? Number(value) * firstOf(units, bytesPer));
}

function firstOf(
  units: readonly (string | undefined)[],
  sizeOf: (unit: string) => number | undefined,
): number {
  for (const unit of units) {
    const size = unit === undefined ? undefined : sizeOf(unit);
    if (size !== undefined) return size;
  }
  return 1;
}

function trim(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : 1)));
}
