import type { Place, Way } from './source.js';

const firstSize = 1_000;
const largestSize = 250_000;
const growth = 4;

// A search for words costs the same for few as for many, but what it finds is then read event by event.
const firstWords = 4_000;
const firstWordsOfAll = 16_000;

// Up to so many events it is quicker to walk on than to search for all that have the words.
const walkableEvents = 20_000;

// With less time left than this a step is not worth its beginning.
const leastMs = 20;

export interface PaceOptions {
  budgetMs: number;
  /** After about how many matching events there are enough; undefined when all are wanted. */
  wanted: number | undefined;
  order: 'newest' | 'oldest';
  after: Place | undefined;
  hasRef: boolean;
  hasWords: boolean;
}

/** How a walk goes on: which way, how far with the next step, and when its time is over. */
export class Pace {
  way: Way;
  size: number;
  /** The last place that was looked at. */
  reached: Place | undefined;
  readonly #deadline: number;
  #hasStepped = false;
  #beganAt = 0;

  constructor(private readonly options: PaceOptions) {
    const { hasRef, hasWords, wanted } = options;
    this.#deadline = performance.now() + options.budgetMs;
    this.reached = options.after;
    this.way = hasRef ? 'ref' : hasWords && wanted === undefined ? 'words' : 'time';
    this.size = this.way === 'words' ? firstWordsOfAll : firstSize;
  }

  /** How long the step that begins now may take; undefined: as long as any statement. So each walk gets ahead. */
  begin(): number | undefined {
    this.#beganAt = performance.now();
    // The search can't be bounded. Half of the time is left to do without it.
    if (this.way === 'words') return Math.max(this.#leftMs / 2, 1);
    return this.#hasStepped ? Math.max(this.#leftMs, 1) : undefined;
  }

  get isOver(): boolean {
    return this.#hasStepped && this.#leftMs < leastMs;
  }

  /** The step took too long. Says whether there is another way. */
  giveUp(): boolean {
    if (this.way !== 'words') return false;
    this.#walkOn();
    return true;
  }

  /** The step was taken and there is more. */
  advance({ hits, last }: { hits: number; last: Place }): void {
    const isFirst = !this.#hasStepped;
    this.#hasStepped = true;
    const isFurther = this.#isBeyond(last);
    if (isFurther) this.reached = last;
    if (this.way === 'words' && !isFurther && this.size === largestSize) this.#walkOn();
    else if (this.way === 'time' && isFirst && this.options.hasWords && !this.#isWalkable(hits)) {
      this.way = 'words';
      this.size = firstWords;
    } else this.#grow();
  }

  /** By what the first step found: whether enough will be found soon. */
  #isWalkable(hits: number): boolean {
    const { wanted = Infinity } = this.options;
    return ((wanted - hits) * this.size) / hits <= walkableEvents;
  }

  #walkOn(): void {
    this.way = 'time';
    this.size = firstSize;
  }

  #grow(): void {
    const before = this.size;
    this.size = Math.min(before * growth, largestSize);
    if (this.way === 'words') return;
    // As much as the last step's speed says that there is time for.
    const perMs = before / (performance.now() - this.#beganAt);
    this.size = Math.max(Math.min(this.size, Math.floor(perMs * this.#leftMs * 0.7)), 1);
  }

  #isBeyond({ timestamp, seq }: Place): boolean {
    if (!this.reached) return true;
    const isLater =
      timestamp === this.reached.timestamp
        ? BigInt(seq) > BigInt(this.reached.seq)
        : timestamp > this.reached.timestamp;
    const isSame = timestamp === this.reached.timestamp && seq === this.reached.seq;
    return !isSame && isLater === (this.options.order === 'oldest');
  }

  get #leftMs(): number {
    return this.#deadline - performance.now();
  }
}
