/** An instant as microseconds since 1970, which is how precise the store is. */
export type Micros = bigint;

export const quarter: Micros = 900_000_000n;
export const hour: Micros = 4n * quarter;
export const day: Micros = 86_400_000_000n;

/** Of an RFC 3339 text that is valid. What is finer than a microsecond is cut. */
export function microsOf(text: string): Micros {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  const wholeSeconds = Date.parse(text.replace(/\.\d+/, '').toUpperCase());
  return BigInt(wholeSeconds) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

/** UTC with all six digits, as the API tells instants and the database takes them. */
export function microsText(instant: Micros): string {
  // The end of the last day of the year 9999 is written +010000-01-01.
  const millis = new Date(millisOf(instant)).toISOString().slice(0, -1).replace(/^\+0/, '');
  return `${millis}${String(instant - floorTo(instant, 1_000n)).padStart(3, '0')}Z`;
}

export function dateText(instant: Micros): string {
  return microsText(instant).replace(/T.*/, '');
}

/** Cut to milliseconds. */
export function millisOf(instant: Micros): number {
  return Number(floorTo(instant, 1_000n) / 1_000n);
}

/** The whole units that were over at the instant. Division of bigints cuts towards 1970. */
export function floorTo(instant: Micros, unit: Micros): Micros {
  return instant - (((instant % unit) + unit) % unit);
}

export function ceilTo(instant: Micros, unit: Micros): Micros {
  return floorTo(instant + unit - 1n, unit);
}
