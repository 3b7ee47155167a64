import { z } from 'zod';
import type { Round } from './look.js';

const Instant = z.iso.datetime({ offset: true });

/** Of a look that came to no end: what it took for known when it began. */
export const Unfinished = z.object({ before: Instant.nullable(), since: Instant });

export interface Terms {
  /** When everything had been looked at for the last time; null where that is yet to come. */
  before: string | null;
  /** What isn't remembered and is older than that was forgotten, not missed. */
  since: string;
}

const dayMs = 24 * 60 * 60_000;

/** At a first look so many things are asked for in full, and all that were touched in the last day. */
const asked = 50;

/** On what terms a look goes on that tells in portions, of which any may have been its last. */
export function termsOf(
  { before, beginning }: Pick<Round, 'before' | 'beginning'>,
  known: { high: string; unfinished?: Terms | undefined } | undefined,
): Terms {
  if (!known) return { before: null, since: beginning };
  if (known.unfinished) return known.unfinished;
  const since = Math.max(Date.parse(beginning), Date.parse(known.high) - dayMs);
  return { before, since: new Date(since).toISOString() };
}

/** Keeps a first look from asking so much of what is past that the limit is used up. */
export class Thrift {
  #asked = 0;

  constructor(
    private readonly terms: Pick<Terms, 'before'>,
    private readonly round: Pick<Round, 'started'>,
  ) {}

  /** Whether what was touched then is worth more questions than those without which it can't be told. */
  allows(updatedAt: string): boolean {
    if (this.terms.before !== null) return true;
    if (Date.parse(updatedAt) >= Date.parse(this.round.started) - dayMs) return true;
    this.#asked += 1;
    return this.#asked <= asked;
  }
}
