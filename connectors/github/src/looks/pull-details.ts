import type { Round } from './look.js';

/** More reviews than that say nothing more of a pull request. */
const reviewPages = 5;

/** What is asked of single pull requests, each once in a look however many of its facts are told. */
export class PullDetails {
  readonly #pulls = new Map<number, unknown>();
  readonly #reviews = new Map<number, unknown[]>();

  constructor(private readonly round: Pick<Round, 'github' | 'path' | 'signal'>) {}

  /** How many pull requests have been asked for. */
  get count(): number {
    return this.#pulls.size;
  }

  has(number: number): boolean {
    return this.#pulls.has(number);
  }

  /** As it is now; undefined where it isn't there any more. */
  async pullOf(number: number): Promise<unknown> {
    if (!this.#pulls.has(number)) {
      const { github, path, signal } = this.round;
      const found = await github.find(`${path}/pulls/${number}`, { signal });
      this.#pulls.set(number, found?.unchanged === false ? found.json : undefined);
    }
    return this.#pulls.get(number);
  }

  async reviewsOf(number: number): Promise<readonly unknown[]> {
    const known = this.#reviews.get(number);
    if (known) return known;
    const { github, path, signal } = this.round;
    const reviews: unknown[] = [];
    let next: string | URL | undefined = `${path}/pulls/${number}/reviews?per_page=100`;
    for (let page = 0; next !== undefined && page < reviewPages; page += 1) {
      const found = await github.find(next, { signal });
      if (found?.unchanged !== false) break;
      if (Array.isArray(found.json)) reviews.push(...found.json);
      next = found.next;
    }
    this.#reviews.set(number, reviews);
    return reviews;
  }
}
