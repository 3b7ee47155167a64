const slower = 1.5;
const sooner = 0.95;
const quietSeconds = 300;
const rareSeconds = 900;

/** What a round was like. */
export interface RoundOutcome {
  /** Something has happened, or is under way. */
  alive: boolean;
  /** Nothing can happen any more. */
  archived: boolean;
  /** There is more to ask than the credential's limit or this process bears. */
  crowded: boolean;
}

/**
 * How often to look. Everything is looked at as often as is asked for; only where that is too much, the things where
 * nothing happens make room.
 */
export class Rhythm {
  #seconds: number;

  /** @param base seconds between two looks; undefined when webhooks tell the rest. */
  constructor(private readonly base: number | undefined) {
    this.#seconds = base ?? rareSeconds;
  }

  get seconds(): number {
    return this.#seconds;
  }

  ended({ alive, archived, crowded }: RoundOutcome): void {
    if (this.base === undefined || archived) this.#seconds = Math.max(this.base ?? 0, rareSeconds);
    else if (alive) this.#seconds = this.base;
    else if (crowded) this.#seconds = Math.min(this.#seconds * slower, Math.max(quietSeconds, this.base));
    else this.#seconds = Math.max(this.#seconds * sooner, this.base);
  }
}
