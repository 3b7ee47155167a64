import { z } from 'zod';

const remembered = 300;

/** Ids or numbers that were seen, the highest of them: both grow. */
export const SeenState = z.array(z.int().nonnegative()).max(remembered);
export type SeenState = z.infer<typeof SeenState>;

/** Remembers what a list has shown, so that what shows late is still news. */
export class Seen {
  readonly #ids: Set<number>;
  /** What is lower and isn't remembered was forgotten, not missed. */
  readonly #lowest: number;

  constructor(known: SeenState = []) {
    this.#ids = new Set(known);
    this.#lowest = known.length < remembered ? 0 : Math.min(...known);
  }

  has(id: number): boolean {
    return id < this.#lowest || this.#ids.has(id);
  }

  /** Whether it is seen for the first time. */
  add(id: number): boolean {
    const isNew = !this.has(id);
    this.#ids.add(id);
    return isNew;
  }

  get state(): SeenState {
    return [...this.#ids].sort((one, other) => other - one).slice(0, remembered);
  }
}
