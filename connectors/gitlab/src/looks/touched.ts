import { z } from 'zod';
import { Iid } from '../translate/payload.js';
import { type ChangedMark, markFrom } from './changed-pages.js';

/** What was looked at lately, and, in milliseconds since 1970, as of when. */
export const TouchedState = z.array(z.tuple([Iid, z.int()])).max(500);
type TouchedState = z.infer<typeof TouchedState>;

const remembered = 500;

/** A little longer than lists are asked for again. */
const rememberedMs = 11 * 60_000;

/** Remembers what a list has shown and as of when, since it shows the latest again at every look. */
export class Touched {
  readonly #seen: Map<number, number>;

  constructor(known: TouchedState = []) {
    this.#seen = new Map(known);
  }

  has(iid: number, updatedAt: string): boolean {
    return this.#seen.get(iid) === Date.parse(updatedAt);
  }

  add(iid: number, updatedAt: string): void {
    this.#seen.delete(iid);
    this.#seen.set(iid, Date.parse(updatedAt));
  }

  /** What may be shown again where a list was read as far as its mark says, and the mark by which it is no more. */
  state(mark: ChangedMark): ChangedMark & { touched: TouchedState } {
    const lowest = Date.parse(mark.high) - rememberedMs;
    const all = [...this.#seen].filter(([, at]) => at >= lowest);
    const touched = all.slice(-remembered);
    const [oldest] = touched;
    const isCut = oldest !== undefined && all.length > remembered;
    return { ...(isCut ? markFrom(mark, oldest[1]) : mark), touched };
  }
}
