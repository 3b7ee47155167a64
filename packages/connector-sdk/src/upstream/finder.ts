import { SourceError } from '../source-error.js';
import type { Question, Reading, Upstream } from './upstream.js';

/** So often in a row the upstream may fail over one thing. */
const givenUpAfter = 5;
const remembered = 1_000;

function isFault(error: unknown, codes: readonly string[]): error is SourceError {
  return error instanceof SourceError && codes.includes(error.code);
}

/** Asks for single things that may not be there, and keeps what fails over and over from holding up all else. */
export class Finder {
  /** Things over which the upstream fails itself, and how often in a row it did. */
  readonly #failing = new Map<string, number>();

  /** @param codes of faults: of those that mean that nothing is there, and of an upstream that fails itself */
  constructor(
    private readonly get: Upstream['get'],
    private readonly codes: { nothingThere: readonly string[]; failing: string },
  ) {}

  /** The answer; undefined where nothing is there, or the upstream has failed over it five times in a row. */
  async find(target: string | URL, question: Question): Promise<Reading | undefined> {
    const address = String(target);
    try {
      const reading = await this.get(target, question);
      this.#failing.delete(address);
      return reading;
    } catch (error) {
      if (isFault(error, this.codes.nothingThere) || this.#givesUp(address, error)) return undefined;
      throw error;
    }
  }

  #givesUp(address: string, error: unknown): boolean {
    if (!isFault(error, [this.codes.failing])) return false;
    const times = (this.#failing.get(address) ?? 0) + 1;
    this.#failing.delete(address);
    this.#failing.set(address, times);
    for (const oldest of this.#failing.keys()) {
      if (this.#failing.size <= remembered) break;
      this.#failing.delete(oldest);
    }
    return times >= givenUpAfter;
  }
}
