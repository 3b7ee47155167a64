const second = 1_000;
const units: readonly [name: string, ms: number][] = [
  ['d', 86_400 * second],
  ['h', 3_600 * second],
  ['m', 60 * second],
  ['s', second],
];

/** How far two moments are apart, in its two largest units: `4 m 12 s`. */
export function apart(ms: number): string {
  const whole = Math.round(Math.abs(ms) / second) * second;
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) return '0 s';
  const [name, size] = units[first] ?? ['s', second];
  const amount = Math.floor(whole / size);
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % size) / next[1]) : 0;
  return next && rest > 0 ? `${amount} ${name} ${rest} ${next[0]}` : `${amount} ${name}`;
}

/** True where two moments can't be told apart as they are shown. */
export function isSameMoment(ms: number): boolean {
  return Math.round(Math.abs(ms) / second) === 0;
}

/** How far before or after a moment something lies: `−4 m 12 s`, `+12 s`. */
export function signedOffset(ms: number): string {
  if (isSameMoment(ms)) return '±0 s';
  return `${ms < 0 ? '−' : '+'}${apart(ms)}`;
}

/** The same for people who hear it: `4 m 12 s before`. */
export function offsetWords(ms: number): string {
  if (isSameMoment(ms)) return 'at the same moment';
  return `${apart(ms)} ${ms < 0 ? 'before' : 'after'}`;
}
