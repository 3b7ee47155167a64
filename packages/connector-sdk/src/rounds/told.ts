import { z } from 'zod';
import { digest } from './digest.js';

/** What was told, by a short digest, and how often; the latest last. */
export const ToldState = z.array(z.tuple([z.string().max(12), z.int().positive()])).max(1_000);
export type ToldState = z.infer<typeof ToldState>;

const usuallyRemembered = 200;

/**
 * Remembers what a look has told, so that a change that comes back (A→B→A→B) is told again. For facts that have no
 * id or instant of their own and show as a difference only.
 */
export class Told {
  readonly #counts: Map<string, number>;

  /** @param remembered how many changes, the latest ones */
  constructor(
    known: ToldState = [],
    private readonly remembered = usuallyRemembered,
  ) {
    this.#counts = new Map(known);
  }

  /** Counts a change in: undefined for the first of its kind, `2` for the second. */
  again(...change: readonly string[]): string | undefined {
    const told = digest(JSON.stringify(change), 10);
    const count = (this.#counts.get(told) ?? 0) + 1;
    this.#counts.delete(told);
    this.#counts.set(told, count);
    return count === 1 ? undefined : String(count);
  }

  /** What to keep: the changes told last. */
  get state(): ToldState {
    return [...this.#counts].slice(-this.remembered);
  }
}
