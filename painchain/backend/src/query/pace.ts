import type { Place, Way } from './source.js';

const firstSize = 1_000;
const largestSize = 250_000;
const growth = 4;

// Whoever wants few events, since they are large, must not look at many first.
const firstSizePerWanted = 20;

// Looking up the words of an event costs more than the event.
const firstSizeForWords = 300;

// A search for words costs the same for few as for many, but what it finds is then read event by event.
const firstWords = 4_000;
const firstWordsOfAll = 16_000;

// Up to so many events it is quicker to walk on than to search for all that have the words, and where so many of
// the events have them the search takes longer than anybody waits.
const walkableEvents = 20_000;
const commonShare = 0.05;

// With less time left than this a step is not worth its beginning.
const leastMs = 20;

// So that an estimate that was a bit short does not cost a further step.
const ample = 1.3;

export interface PaceOptions {
  budgetMs: number;
  /** After about how many matching events there are enough; undefined when all are wanted. */
  wanted: number | undefined;
  order: 'newest' | 'oldest';
  after: Place | undefined;
  hasRef: boolean;
  hasWords: boolean;
}

/** What a step has shown. */
export interface Stepped {
  hits: number;
  /** How many of its events have the words, if that was counted. */
  worded: number;
  last: Place;
}

/** How a walk goes on: which way, how far with the next step, and when its time is over. */
export class Pace {
  way: Way;
  size: number;
  /** The last place that was looked at. */
  reached: Place | undefined;
  readonly #deadline: number;
  #lookedAt = 0;
  #hits = 0;
  #beganAt = 0;

  constructor(private readonly options: PaceOptions) {
    this.#deadline = performance.now() + options.budgetMs;
    this.reached = options.after;
    this.way = options.hasRef ? 'ref' : 'time';
    const { wanted = Infinity } = options;
    this.size = options.hasWords ? firstSizeForWords : Math.min(firstSize, wanted * firstSizePerWanted);
  }

  get isFirst(): boolean {
    return this.#lookedAt === 0;
  }

  get isOver(): boolean {
    return !this.isFirst && this.#leftMs < leastMs;
  }

  /** How long the step that begins now may take; undefined: as long as any statement, so that each walk gets ahead. */
  begin(): number | undefined {
    this.#beganAt = performance.now();
    if (this.isFirst) return undefined;
    // The search can't be bounded. Half of the time is left to do without it.
    return Math.max(this.way === 'words' ? this.#leftMs / 2 : this.#leftMs, 1);
  }

  /** The step took too long. Says whether there is another way. */
  giveUp(): boolean {
    if (this.way !== 'words') return false;
    this.#walkOn();
    return true;
  }

  /** The step was taken and there is more. */
  advance({ hits, worded, last }: Stepped): void {
    const isFirst = this.isFirst;
    this.#lookedAt += this.size;
    this.#hits += hits;
    const isFurther = this.#isBeyond(last);
    if (isFurther) this.reached = last;
    if (isFirst && this.way === 'time' && this.options.hasWords && this.#isWorthSearching(worded)) {
      this.way = 'words';
      this.size = this.options.wanted === undefined ? firstWordsOfAll : firstWords;
    } else if (this.way !== 'words') this.#grow();
    else if (isFurther || this.size < largestSize) this.size = Math.min(this.size * growth, largestSize);
    else this.#walkOn();
  }

  #isWorthSearching(worded: number): boolean {
    return worded / this.#lookedAt < commonShare && this.#missingEvents > walkableEvents;
  }

  /** How many events there may be until there are enough that match. */
  get #missingEvents(): number {
    const { wanted = Infinity } = this.options;
    return this.#hits === 0 ? Infinity : ((wanted - this.#hits) * this.#lookedAt) / this.#hits;
  }

  #walkOn(): void {
    this.way = 'time';
    this.size = firstSize;
  }

  /** As far as seems needed and as there is time for, by what it took until now. */
  #grow(): void {
    const perMs = this.size / (performance.now() - this.#beganAt);
    const size = Math.min(
      this.size * growth,
      largestSize,
      this.#missingEvents * ample,
      perMs * this.#leftMs * 0.7,
    );
    this.size = Math.max(Math.floor(size), 1);
  }

  #isBeyond(last: Place): boolean {
    if (!this.reached) return true;
    const difference = compare(last, this.reached);
    return this.options.order === 'oldest' ? difference > 0 : difference < 0;
  }

  get #leftMs(): number {
    return this.#deadline - performance.now();
  }
}

function compare(one: Place, other: Place): number {
  if (one.timestamp !== other.timestamp) return one.timestamp > other.timestamp ? 1 : -1;
  const difference = BigInt(one.seq) - BigInt(other.seq);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
