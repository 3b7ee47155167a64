import { z } from 'zod';
import type { Found, RoundOf } from '../rounds/look.js';
import type { LookAt } from '../rounds/round.js';

type Answer = Found<unknown>[] | Error;

/** A look that finds what it is told to, and remembers the rounds that it was in. */
export class StubLook<Own, Kind extends string> {
  readonly rounds: { round: RoundOf<Own, Kind>; known: unknown }[] = [];
  answers: Answer[] = [];
  /** What it finds when nothing else is said. */
  usual: Answer = [{ events: [], state: 'quiet' }];

  constructor(
    readonly kind: Kind,
    readonly everySeconds?: number,
  ) {}

  get look(): LookAt<Own, Kind> {
    const { rounds, kind, everySeconds } = this;
    const answer = () => this.answers.shift() ?? this.usual;
    return {
      name: kind,
      kind,
      state: z.string(),
      ...(everySeconds !== undefined && { everySeconds }),
      async *look(round, known) {
        rounds.push({ round: { ...round }, known });
        const found = answer();
        if (found instanceof Error) throw found;
        yield* found;
        await Promise.resolve();
      },
    };
  }
}
