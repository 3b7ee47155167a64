import type { Page, SourceEvent } from '@painchain/connector-sdk';

/** Events of a page: many enough to be told in one go, and few enough to be stored in one. */
const pageEvents = 200;
/** Changed objects that wait to be known, where they give no events. */
const draftObjects = 1_000;
/** What has happened waits no longer than this for what happens with it. */
const lingerMs = 200;
/** How often is looked for what else there is to do. */
const quietMs = 5_000;
/** A page without events is told no more often. */
const signOfLifeMs = 30_000;

/** What has been told and not yet stored, and when it is time to. */
export class Batch {
  #events: SourceEvent[] = [];
  #since: number;
  #told: number;
  #alive = false;

  constructor(private readonly now: () => number) {
    this.#since = now();
    this.#told = now();
  }

  add(events: readonly SourceEvent[]): void {
    if (events.length > 0 && this.#events.length === 0) this.#since = this.now();
    this.#events.push(...events);
  }

  /** The cluster has said something, if only that it is there. */
  lives(): void {
    this.#alive = true;
  }

  isFull(drafted: number): boolean {
    return this.#events.length >= pageEvents || drafted >= draftObjects;
  }

  /** In how many milliseconds it should be told; none are left when it is time. */
  dueIn(): number {
    const patience = this.#events.length > 0 ? lingerMs : quietMs;
    return Math.max(0, this.#since + patience - this.now());
  }

  /**
   * The pages to tell it by. Without events there is one only when something else `moves`, or from time to time as a sign
   * of life, if there was one.
   */
  pages(moves: boolean): Page[] {
    const now = this.now();
    this.#since = now;
    const pages: Page[] = [];
    for (let at = 0; at < this.#events.length; at += pageEvents) {
      pages.push({ events: this.#events.slice(at, at + pageEvents) });
    }
    this.#events = [];
    const signOfLife = this.#alive && now - this.#told >= signOfLifeMs;
    if (pages.length === 0 && (moves || signOfLife)) pages.push({ events: [] });
    if (pages.length > 0) {
      this.#told = now;
      this.#alive = false;
    }
    return pages;
  }
}
