/** Demand is what was asked in about the last so many milliseconds. */
export const memoryMs = 5 * 60_000;

/** How much is asked for. It fades. */
export class Demand {
  #amount = 0;
  #since = 0;

  add(requests: number, now: number): void {
    this.#amount = this.#amountAt(now) + requests;
    this.keepUntil(now);
  }

  /** Nothing is asked until then, which says nothing about what would be asked: it doesn't fade. */
  keepUntil(at: number): void {
    this.#since = Math.max(this.#since, at);
  }

  perMs(now: number): number {
    return this.#amountAt(now) / memoryMs;
  }

  #amountAt(now: number): number {
    return this.#amount * Math.exp(Math.min(0, this.#since - now) / memoryMs);
  }
}
