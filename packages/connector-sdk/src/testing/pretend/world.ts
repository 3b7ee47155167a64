import { Chance } from '../chance.js';
import { Ledger, type Standing } from './ledger.js';

/** How long something may take until it shows in a list, in milliseconds; drawn for each thing that happens. */
export type Lag = (chance: Chance) => number;

interface Due {
  at: number;
  act: () => void;
}

/** What a pretended upstream holds, and its clock. Whatever is due happens before anybody looks. */
export class PretendWorld {
  readonly ledger = new Ledger();
  readonly chance: Chance;
  lag: Lag = () => 0;
  #agenda: Due[] = [];
  #acting: number | undefined;
  #ids = 1_000;
  #shuffled: number[] = [];

  constructor(
    private readonly clock: () => number,
    seed = 1,
  ) {
    this.chance = new Chance(seed);
  }

  /** The server's time, in milliseconds since 1970; while something planned happens, the instant it was planned for. */
  now(): number {
    return this.#acting ?? this.clock();
  }

  /** Plans something. What is planned for the past happens at the next look. */
  plan(at: number, act: () => void): void {
    let index = this.#agenda.length;
    while (index > 0 && (this.#agenda[index - 1]?.at ?? 0) > at) index -= 1;
    this.#agenda.splice(index, 0, { at, act });
  }

  /** Plans something for some time from now, at a whole second, as forges count. */
  soon(ms: number, act: () => void): void {
    this.plan(Math.round((this.now() + ms) / 1_000) * 1_000, act);
  }

  /** Lets happen all that is due, each thing at its very instant, however long nobody has looked. */
  catchUp(until = this.clock()): void {
    for (;;) {
      const due = this.#agenda[0];
      if (!due || due.at > until) return;
      this.#agenda.shift();
      this.#acting = due.at;
      try {
        due.act();
      } finally {
        this.#acting = undefined;
      }
    }
  }

  /** Ids grow, but not in order: four in a row are dealt as they come. */
  id(): number {
    if (this.#shuffled.length === 0) {
      this.#shuffled = [1, 2, 3, 4].map((step) => this.#ids + step);
      if (this.chance.happens(0.5)) this.#shuffled.reverse();
      this.#ids += 4;
    }
    return this.#shuffled.pop() ?? 0;
  }

  sha(): string {
    return this.chance.hex(40);
  }

  /** Since when something that happens now shows in lists. */
  visibleFrom(): number {
    return this.now() + this.lag(this.chance);
  }
}

/** A repository or project of a pretended world: what happens in it is written down, to be told. */
export class PretendPlace<World extends PretendWorld> {
  constructor(
    readonly world: World,
    readonly id: number,
  ) {}

  /** Writes down a fact that must be told. What shows as a difference only has no instant of its own. */
  fact(
    type: string,
    subject: string,
    what: string,
    visibleFrom: number,
    standing?: Standing,
    isTimed = !standing || standing.first,
  ): void {
    const fact = { source: this.id, type, subject, what, at: this.world.now(), visibleFrom, isTimed };
    this.world.ledger.write(standing ? { ...fact, standing } : fact);
  }

  /** Something begins (`first`), or becomes otherwise; what it is like shows from now, or `from`, on. */
  stand(what: string, state: string, { from = this.world.now(), first = false } = {}): Standing {
    return this.world.ledger.stand(`${this.id} ${what}`, state, from, first);
  }
}
