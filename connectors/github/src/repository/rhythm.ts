const slower = 1.5;
const quietSeconds = 300;
const rareSeconds = 900;

/** How often to look: often where things happen, less often where nothing does. */
export class Rhythm {
  #seconds: number;

  /** @param base seconds between two looks while things happen; undefined when webhooks tell the rest. */
  constructor(private readonly base: number | undefined) {
    this.#seconds = base ?? rareSeconds;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** A round has ended: did anything happen, and can anything happen at all? */
  ended({ alive, archived }: { alive: boolean; archived: boolean }): void {
    if (this.base === undefined || archived) this.#seconds = Math.max(this.base ?? 0, rareSeconds);
    else if (alive) this.#seconds = this.base;
    else this.#seconds = Math.min(this.#seconds * slower, Math.max(quietSeconds, this.base));
  }
}
