const longestMs = 300_000;

const clamp = (ms: number) => Math.min(Math.max(ms, 0), longestMs);

/**
 * How long a server asks to wait, in milliseconds, from its `Retry-After`: seconds or an HTTP date, clamped to
 * 0..300 s so that no upstream can put us to sleep for a year. Undefined when it is absent or makes no sense.
 */
export function parseRetryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^[+-]?\d{1,20}(?:\.\d{1,20})?(?:e\d{1,3})?$/i.test(text)) return clamp(Number(text) * 1000);
  // Only the shape of an HTTP date: Date.parse alone would make an instant of almost anything.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : clamp(at - now);
}
