import { Demand, memoryMs } from './demand.js';
import type { RateLimit } from './upstream.js';

/** Of the limit, kept for what nobody foresees. */
const reservedShare = 0.1;
/** A source that is looked at each minute is looked at each hour, whatever happens. */
const longestPace = 60;
/** How long a pace of 1 takes to follow. A pace of n takes n times as long, as the runs that it stretches do. */
const easeMs = 10_000;
/** On the way down no pace takes longer than this one. */
const slowestDown = 4;
/** Servers of one upstream tell the end of one window a little differently. */
const sameWindowMs = 5_000;
const minuteMs = 60_000;
const longestWindowMs = 60 * minuteMs;

/** A question that is under way, as the budget knows it. */
export type Asked = number;

interface Window {
  limit: RateLimit;
  /** Between when it was first heard of and its end. */
  lengthMs: number;
  /** What was left when it was first heard of. */
  first: number;
  /** Counted questions of ours since. */
  ours: number;
  /** What others have spent since, as far as we can tell. */
  others: number;
}

function isSane({ limit, remaining, resetsAt }: RateLimit): boolean {
  return limit > 0 && Number.isFinite(limit) && Number.isFinite(remaining) && Number.isFinite(resetsAt);
}

/**
 * What is left of a rate limit and how fast it is spent. Answers overtake each other, so an answer to a question that
 * was under way when a newer answer came can only lower what is left. All instants are in milliseconds since 1970, by
 * the upstream's clock.
 */
export class Budget {
  #window: Window | undefined;
  #answers = 0;
  /** The number of the answer that told what is known. */
  #toldBy = 0;
  #underWay = 0;
  /** Each request with the pace it was asked at: what would have been asked at pace 1. */
  readonly #counted = new Demand();
  /** Also what isn't counted against the limit. */
  readonly #all = new Demand();
  #pace = 1;
  #pacedAt = 0;

  /**
   * @param perMinute questions a minute, counted or not, that the upstream bears where it has limits at all
   * @param isLimited whether it has them even while no answer tells of one
   */
  constructor(
    private readonly perMinute = Infinity,
    private readonly isLimited = false,
  ) {}

  /** A question begins. */
  ask(): Asked {
    this.#underWay += 1;
    return this.#answers;
  }

  /** A question has ended, with what its answer says of the limit, and whether it counts against it. */
  answer(asked: Asked, told: RateLimit | undefined, counts: boolean, now: number): void {
    this.#underWay -= 1;
    this.#answers += 1;
    this.#all.add(this.#pace, now);
    if (counts) this.#counted.add(this.#pace, now);
    if (counts && this.#window) this.#window.ours += 1;
    if (told && isSane(told)) this.#tell(told, asked, now);
  }

  /** What is left, until it is reset. */
  limit(now: number): RateLimit | undefined {
    const limit = this.#window?.limit;
    return limit && limit.resetsAt > now ? limit : undefined;
  }

  /**
   * By what factor, at least 1, intervals are to be stretched so that what is left lasts. It changes: whoever waits asks
   * for it again from time to time.
   */
  pace(now: number): number {
    this.#repace(now);
    // It comes near to 1 without end.
    return this.#pace < 1.001 ? 1 : this.#pace;
  }

  #tell(told: RateLimit, asked: Asked, now: number): void {
    // Whoever says that the limit is reset in a week is not believed for longer than an hour.
    const limit = { ...told, resetsAt: Math.min(told.resetsAt, now + longestWindowMs) };
    const known = this.#window;
    const overtaken = asked < this.#toldBy;
    if (!known || Math.abs(limit.resetsAt - known.limit.resetsAt) > sameWindowMs) {
      if (known && overtaken && limit.resetsAt < known.limit.resetsAt) return;
      const lengthMs = Math.max(1_000, limit.resetsAt - now);
      this.#window = { limit, lengthMs, first: limit.remaining, ours: 0, others: 0 };
    } else {
      const remaining = overtaken ? Math.min(limit.remaining, known.limit.remaining) : limit.remaining;
      known.limit = { ...limit, remaining };
      this.#noticeOthers(known, now);
    }
    this.#toldBy = this.#answers;
    this.#repace(now);
    if (limit.remaining <= 0)
      [this.#counted, this.#all].forEach((demand) => demand.keepUntil(limit.resetsAt));
  }

  /** What is gone without us having asked was spent by others, who go on spending. */
  #noticeOthers(window: Window, now: number): void {
    const gone = window.first - window.limit.remaining;
    const others = gone - window.ours - this.#underWay;
    if (others <= window.others) return;
    this.#counted.add((others - window.others) * this.#pace, now);
    window.others = others;
  }

  /**
   * Moves the pace towards what the demand asks for: at once it would follow the demand of runs that were begun under
   * another pace, and swing.
   */
  #repace(now: number): void {
    const sinceMs = Math.max(0, now - this.#pacedAt);
    this.#pacedAt = Math.max(this.#pacedAt, now);
    const wanted = this.#wanted(now);
    const easedMs = easeMs * Math.min(this.#pace, wanted < this.#pace ? slowestDown : longestPace);
    const moved = 1 - Math.exp(-sinceMs / easedMs);
    this.#pace *= (wanted / this.#pace) ** moved;
  }

  #wanted(now: number): number {
    const window = this.limit(now) && this.#window;
    if (!window && !this.isLimited) return 1;
    const counted = window ? this.#counted.perMs(now) / this.#allowedPerMs(window, now) : 0;
    const wanted = Math.max(counted, (this.#all.perMs(now) * minuteMs) / this.perMinute);
    // Nothing may be spent: 0/0 when nothing is asked either.
    return Number.isFinite(wanted) ? Math.min(Math.max(1, wanted), longestPace) : longestPace;
  }

  /** How fast what is left may be spent, looking a few minutes ahead: into the next window when this one is short. */
  #allowedPerMs({ limit, lengthMs }: Window, now: number): number {
    const usable = (1 - reservedShare) * limit.limit;
    const left = Math.max(0, limit.remaining - reservedShare * limit.limit);
    const leftMs = Math.max(0, limit.resetsAt - now);
    const aheadMs = Math.max(leftMs, memoryMs);
    return (left + (usable * (aheadMs - leftMs)) / lengthMs) / aheadMs;
  }
}
