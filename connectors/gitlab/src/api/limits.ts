import type { HttpError, RateLimit } from '@painchain/connector-sdk';

type Headers = Readonly<Record<string, string>>;

const minuteMs = 60_000;
const longestRestMs = 15 * minuteMs;

/** Limits of other requests than those of the API have windows of their own. */
const ours = /^throttle_(?:un)?authenticated(?:_api)?$/;
/** Before 2001: some proxies say how many seconds are left instead. */
const leastInstant = 1_000_000_000;

/**
 * What GitLab's headers say of the limit that all requests of a user count against. Many servers of one's own have
 * none.
 *
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 */
export function limitOf(headers: Headers): RateLimit | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers[`ratelimit-${name}`] || Number.NaN),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  if (![limit, remaining, reset].every((value) => Number.isFinite(value) && value >= 0)) return undefined;
  if (reset < leastInstant || !ours.test(headers['ratelimit-name'] ?? 'throttle_authenticated_api'))
    return undefined;
  return { limit, remaining, resetsAt: reset * 1000 };
}

/** Whether a refusal means that this credential, or this address, has asked too much; or that the server is busy. */
function wantsRest({ status, retryAfterMs }: HttpError): boolean {
  return status === 429 || (status === 503 && retryAfterMs !== undefined);
}

/**
 * How long GitLab wants to be left alone: `Retry-After`, else the reset of a used-up limit, else a minute that doubles
 * while it goes on. Limits of single endpoints, such as 400 projects a minute, say nothing of when they end, and their
 * answers bear the headers of the limit that is not used up.
 */
export function restAfter(refusal: HttpError, now: number, inARow: number): number | undefined {
  if (!wantsRest(refusal)) return undefined;
  const growth = 2 ** Math.min(Math.max(inARow - 1, 0), 10);
  // What is over already by what it says, and goes on, is left alone longer each time.
  const least = Math.min(1_000 * growth, longestRestMs);
  if (refusal.retryAfterMs !== undefined) return Math.max(refusal.retryAfterMs, least);
  const limit = limitOf(refusal.headers);
  if (limit?.remaining === 0) return Math.min(Math.max(limit.resetsAt - now, least), longestRestMs);
  return Math.min(minuteMs * growth, longestRestMs);
}
