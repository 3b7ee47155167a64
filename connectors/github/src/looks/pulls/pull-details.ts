import type { Reading } from '@painchain/connector-sdk';
import type { Round } from '../look.js';

/** Whoever has more of them has them from a machine; they are left out. */
const reviewPages = 5;

/** The facts of one pull request stand close together, so that few answers need to be kept. */
const remembered = 30;

/** Answers by the number of the pull request that they are about. */
class Answers<Answer> {
  readonly #answers = new Map<number, Answer>();

  async of(number: number, ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#answers.has(number)) return this.#answers.get(number) as Answer;
    const answer = await ask();
    this.#answers.set(number, answer);
    const [oldest = number] = this.#answers.keys();
    if (this.#answers.size > remembered) this.#answers.delete(oldest);
    return answer;
  }
}

/** What is asked of single pull requests, once in a look if several of its facts are told. */
export class PullDetails {
  readonly #pulls = new Answers<unknown>();
  readonly #reviews = new Answers<readonly unknown[] | undefined>();
  readonly #numbers = new Set<number>();

  constructor(private readonly round: Pick<Round, 'github' | 'path' | 'signal'>) {}

  /** How many pull requests have been asked for. */
  get count(): number {
    return this.#numbers.size;
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  /** As it is now; undefined where it isn't there any more. */
  pullOf(number: number): Promise<unknown> {
    this.#numbers.add(number);
    return this.#pulls.of(number, async () => {
      const { github, path, signal } = this.round;
      const found = await github.find(`${path}/pulls/${number}`, { signal });
      return found?.unchanged === false ? found.json : undefined;
    });
  }

  /** All of them, the oldest first; undefined where not all of them can be had, since a part may say the opposite. */
  reviewsOf(number: number): Promise<readonly unknown[] | undefined> {
    return this.#reviews.of(number, async () => {
      const { github, path, signal } = this.round;
      const pages: unknown[][] = [];
      let next: string | URL | undefined = `${path}/pulls/${number}/reviews?per_page=100`;
      while (next !== undefined) {
        const found: Reading | undefined =
          pages.length < reviewPages ? await github.find(next, { signal }) : undefined;
        if (found?.unchanged !== false || !Array.isArray(found.json)) return undefined;
        pages.push(found.json);
        next = found.next;
      }
      return pages.flat(1);
    });
  }
}
