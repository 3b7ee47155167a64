interface Group {
  running: number;
  /** In the order they came. */
  waiting: Set<() => void>;
}

/**
 * Lets at most `places` run at a time, and at most `placesEach` of one group. Of a group, those who wait are let in in
 * the order they came; groups take turns, so that one with a thousand waiting delays no other's only one.
 */
export class Limiter {
  readonly #groups = new Map<object, Group>();
  /** Groups of which somebody waits and may be let in, whose turn it is first. */
  readonly #turns = new Set<Group>();
  #free: number;

  constructor(
    places: number,
    private readonly placesEach: number = places,
  ) {
    this.#free = places;
  }

  /**
   * Waits for a place and resolves with the way to leave it. Rejects when the signal is aborted meanwhile.
   *
   * @param key whoever enters with the same key is of the same group; without one, all are of one group
   */
  async enter(signal?: AbortSignal, key: object = this): Promise<() => void> {
    signal?.throwIfAborted();
    const group = this.#groups.get(key) ?? { running: 0, waiting: new Set() };
    this.#groups.set(key, group);
    await this.#admission(group, signal).catch((reason: unknown) => {
      this.#forget(key, group);
      throw reason;
    });
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#free += 1;
      group.running -= 1;
      this.#forget(key, group);
      this.#queue(group);
      this.#admit();
    };
  }

  #admission(group: Group, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        group.waiting.delete(enter);
        if (group.waiting.size === 0) this.#turns.delete(group);
        reject(signal?.reason as Error);
      };
      group.waiting.add(enter);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#queue(group);
      this.#admit();
    });
  }

  #forget(key: object, group: Group): void {
    if (group.running === 0 && group.waiting.size === 0) this.#groups.delete(key);
  }

  #queue(group: Group): void {
    if (group.waiting.size > 0 && group.running < this.placesEach) this.#turns.add(group);
  }

  #admit(): void {
    for (const group of this.#turns) {
      if (this.#free === 0) return;
      this.#turns.delete(group);
      const [enter] = group.waiting;
      if (!enter) continue;
      group.waiting.delete(enter);
      group.running += 1;
      this.#free -= 1;
      // Added while the turns are walked, it is walked again, behind all others.
      this.#queue(group);
      enter();
    }
  }
}
