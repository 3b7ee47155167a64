const units: readonly (readonly [name: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

/** How far before or after a moment something lies, in its two largest units: `−4 m 12 s`. */
export function signedOffset(ms: number): string {
  const whole = Math.round(Math.abs(ms) / 1_000);
  if (whole === 0) return '±0 s';
  const first = units.findIndex(([, seconds]) => whole >= seconds);
  let rest = whole;
  const amounts = units.slice(first, first + 2).flatMap(([name, seconds]) => {
    const amount = Math.floor(rest / seconds);
    rest -= amount * seconds;
    return amount === 0 ? [] : [`${amount} ${name}`];
  });
  return `${ms < 0 ? '−' : '+'}${amounts.join(' ')}`;
}
