import { ProblemError } from '../problem/problem-error.js';

/**
 * Lets a bounded number of tasks run, and a bounded number wait. Whoever comes on top is told to come back:
 * the database keeps connections for readers, and memory does not fill with bodies that wait.
 */
export class Gate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly runningMax: number,
    private readonly waitingMax: number,
  ) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.runningMax) this.#running++;
    else await this.#turn();
    try {
      return await task();
    } finally {
      // The place is handed over as it is, so nobody who comes now can slip in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.waitingMax) {
      const detail = 'More events are arriving than can be stored. Send them again in a moment.';
      throw new ProblemError('unavailable', detail, { retryAfterSeconds: 1 });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
