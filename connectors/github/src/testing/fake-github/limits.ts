import type { Account, World } from './world/world.js';

const hourMs = 3_600_000;

interface Window {
  used: number;
  resetsAt: number;
}

/** What a token has been told to rest for, beside its hourly limit. */
export interface Secondary {
  until: number;
  status: 403 | 429;
  /** Without it the answer says only that there have been too many requests. */
  retryAfter: boolean;
}

/** The hourly limit of each account, counted, and the secondary limits that are on. */
export class Limits {
  readonly #windows = new Map<Account, Window>();
  readonly #secondary = new Map<Account, Secondary>();

  constructor(private readonly world: World) {}

  window(account: Account): Window {
    const now = this.world.now();
    const known = this.#windows.get(account);
    if (known && known.resetsAt > now) return known;
    const fresh = { used: 0, resetsAt: now + hourMs };
    this.#windows.set(account, fresh);
    return fresh;
  }

  /** Uses up all that an account has left until then. */
  exhaust(account: Account, resetsAt = this.world.now() + hourMs): void {
    this.#windows.set(account, { used: account.limit, resetsAt });
  }

  rest(account: Account, secondary: Secondary): void {
    this.#secondary.set(account, secondary);
  }

  resting(account: Account): Secondary | undefined {
    const secondary = this.#secondary.get(account);
    return secondary && secondary.until > this.world.now() ? secondary : undefined;
  }

  /** Counts a request, whose answer cost something. */
  count(account: Account): void {
    this.window(account).used += 1;
  }

  isExhausted(account: Account): boolean {
    return this.window(account).used >= account.limit;
  }

  headers(account: Account): Record<string, string> {
    const { used, resetsAt } = this.window(account);
    return {
      'x-ratelimit-limit': String(account.limit),
      'x-ratelimit-remaining': String(Math.max(0, account.limit - used)),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.ceil(resetsAt / 1_000)),
      'x-ratelimit-resource': 'core',
    };
  }
}
