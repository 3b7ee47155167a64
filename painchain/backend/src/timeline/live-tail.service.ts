import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { LOGGER } from '../config/tokens.js';
import { ProblemError } from '../problem/problem-error.js';
import { LiveTailRepository } from './live-tail.repository.js';
import { Subscriber, type Subscription } from './subscriber.js';
import { TenantTail } from './tenant-tail.js';

const streamsMax = 500;

/**
 * The live tail: every open stream of this process, served by one reader per tenant. Nothing is remembered here
 * that the next process could not read from the stream's own cursor.
 */
@Injectable()
export class LiveTailService implements OnModuleDestroy {
  readonly #tails = new Map<number, TenantTail>();
  readonly #subscribers = new Set<Subscriber>();
  #isStopping = false;

  constructor(
    private readonly repository: LiveTailRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Throws `unavailable` when no further stream can be served. */
  assertRoom(): void {
    if (this.#isStopping || this.#subscribers.size >= streamsMax) {
      const detail = 'As many live streams are open as can be served. Close some, or try again later.';
      throw new ProblemError('unavailable', detail, { retryAfterSeconds: 5 });
    }
  }

  /** Serves a stream until its client closes it or this process stops. */
  subscribe(tenantId: number, subscription: Subscription): void {
    const subscriber = new Subscriber(subscription);
    this.#subscribers.add(subscriber);
    const tail = this.#tails.get(tenantId) ?? new TenantTail(tenantId, this.repository, this.logger);
    this.#tails.set(tenantId, tail);
    tail.add(subscriber);
    subscription.stream.onClose(() => {
      this.#subscribers.delete(subscriber);
      tail.remove(subscriber);
    });
  }

  /** Events of the tenant were stored by this process: its streams need not wait for their next look. */
  hint(tenantId: number): void {
    this.#tails.get(tenantId)?.hint();
  }

  onModuleDestroy(): void {
    this.#isStopping = true;
    for (const subscriber of this.#subscribers) subscriber.end();
    for (const tail of this.#tails.values()) tail.stop();
  }
}
