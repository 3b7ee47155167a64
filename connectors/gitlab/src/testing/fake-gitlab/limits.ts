import type { Account, World } from './world/world.js';

const minuteMs = 60_000;

interface Window {
  used: number;
  resetsAt: number;
}

/** What an account has been told to rest for, beside its limit. */
export interface Rest {
  until: number;
  /** Without it the answer says only that there have been too many requests. */
  retryAfter: boolean;
}

/** The limit of each account, counted by the minute, and who has to rest. */
export class Limits {
  /** Many servers count, but say nothing of it. */
  announced = true;
  readonly #windows = new Map<Account, Window>();
  readonly #resting = new Map<Account, Rest>();

  constructor(private readonly world: World) {}

  #window(account: Account): Window {
    const now = this.world.now();
    const known = this.#windows.get(account);
    if (known && known.resetsAt > now) return known;
    const fresh = { used: 0, resetsAt: (Math.floor(now / minuteMs) + 1) * minuteMs };
    this.#windows.set(account, fresh);
    return fresh;
  }

  rest(account: Account, rest: Rest): void {
    this.#resting.set(account, rest);
  }

  /** Undefined where an account may ask. */
  refusal(account: Account): Rest | undefined {
    const rest = this.#resting.get(account);
    if (rest && rest.until > this.world.now()) return rest;
    const { used, resetsAt } = this.#window(account);
    return used >= (account.limit ?? Number.POSITIVE_INFINITY)
      ? { until: resetsAt, retryAfter: true }
      : undefined;
  }

  /** Counts a request, one that is refused or unchanged, too. */
  count(account: Account): void {
    this.#window(account).used += 1;
  }

  headers(account: Account): Record<string, string> {
    const { limit } = account;
    if (limit === undefined || !this.announced) return {};
    const { used, resetsAt } = this.#window(account);
    return {
      'ratelimit-name': 'throttle_authenticated_api',
      'ratelimit-limit': String(limit),
      'ratelimit-observed': String(used),
      'ratelimit-remaining': String(Math.max(0, limit - used)),
      'ratelimit-reset': String(Math.ceil(resetsAt / 1_000)),
      'ratelimit-resettime': new Date(resetsAt).toUTCString(),
    };
  }
}
