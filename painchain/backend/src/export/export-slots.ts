import { ProblemError } from '../problem/problem-error.js';

const perTenant = 4;

// Each may read all the time: other requests need connections to the database, too.
const inAll = 8;

/** How many files are written at the same time. */
export class ExportSlots {
  readonly #taken = new Map<number, number>();
  #isClosed = false;

  /** Gives what to call, once, when the file is done. Throws `too-many-requests` or `unavailable`. */
  enter(tenantId: number): () => void {
    const own = this.#taken.get(tenantId) ?? 0;
    if (own >= perTenant) {
      const detail = `${perTenant} exports are running already. Wait until one of them is done, or cancel it.`;
      throw new ProblemError('too-many-requests', detail, { retryAfterSeconds: 10 });
    }
    const all = [...this.#taken.values()].reduce((sum, count) => sum + count, 0);
    if (this.#isClosed || all >= inAll) {
      const detail = 'As many exports are running as can be served. Try again a little later.';
      throw new ProblemError('unavailable', detail, { retryAfterSeconds: 10 });
    }
    this.#taken.set(tenantId, own + 1);
    return () => this.#leave(tenantId);
  }

  /** Nobody enters any more. */
  close(): void {
    this.#isClosed = true;
  }

  #leave(tenantId: number): void {
    const rest = (this.#taken.get(tenantId) ?? 1) - 1;
    if (rest > 0) this.#taken.set(tenantId, rest);
    else this.#taken.delete(tenantId);
  }
}
