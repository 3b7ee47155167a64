import type { HttpError, RateLimit } from '@painchain/connector-sdk';

const minuteMs = 60_000;
const longestRestMs = 15 * minuteMs;

/** What GitHub's headers say of the primary limit. An Enterprise Server may have none. */
export function limitOf(headers: Readonly<Record<string, string>>): RateLimit | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers[`x-ratelimit-${name}`] || Number.NaN),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  // `x-ratelimit-resource` names other limits than the one that repositories are asked under.
  if (![limit, remaining, reset].every((value) => Number.isFinite(value) && value >= 0)) return undefined;
  if ((headers['x-ratelimit-resource'] ?? 'core') !== 'core') return undefined;
  return { limit, remaining, resetsAt: reset * 1000 };
}

/** Whether a refusal means that this credential has asked too much, by which limit. */
export function limitHit(refusal: HttpError): 'primary' | 'secondary' | undefined {
  if (refusal.status !== 403 && refusal.status !== 429) return undefined;
  if (refusal.headers['x-ratelimit-remaining'] === '0') return 'primary';
  if (/api rate limit exceeded/i.test(refusal.body)) return 'primary';
  const secondary =
    refusal.status === 429 ||
    refusal.retryAfterMs !== undefined ||
    refusal.headers['gh-limited-by'] !== undefined ||
    /secondary rate|abuse detection/i.test(refusal.body);
  return secondary ? 'secondary' : undefined;
}

/**
 * How long GitHub wants to be left alone, by its own order: `Retry-After`, else the reset of a used-up limit, else a
 * minute that doubles while it goes on.
 *
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function restAfter(refusal: HttpError, now: number, inARow: number): number | undefined {
  const hit = limitHit(refusal);
  if (hit === undefined) return undefined;
  const growth = 2 ** Math.min(Math.max(inARow - 1, 0), 10);
  // What is over already by what it says, and goes on, is left alone longer each time.
  const least = Math.min(1_000 * growth, longestRestMs);
  if (refusal.retryAfterMs !== undefined) return Math.max(refusal.retryAfterMs, least);
  const resetsAt = hit === 'primary' ? limitOf(refusal.headers)?.resetsAt : undefined;
  // An hour is the longest that a limit lasts: a reset beyond it is a clock that is wrong.
  if (resetsAt !== undefined) return Math.min(Math.max(resetsAt - now, least), 60 * minuteMs);
  return Math.min(minuteMs * growth, longestRestMs);
}
