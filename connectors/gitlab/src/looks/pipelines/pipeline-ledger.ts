import { z } from 'zod';
import { type Pipeline, isCompleted } from '../../translate/pipeline.js';

/** What is known of a pipeline. */
export interface KnownPipeline {
  /** When it was changed as it was seen last, in milliseconds since 1970. */
  touched: number;
  /** It was told that it has started. */
  started: boolean;
  /** Which of its endings was told; empty: none. */
  ended: string;
  /** It goes on by itself. */
  open: boolean;
  /** When it was asked for by its id, in milliseconds since 1970; 0: not so far. */
  asked: number;
}

/** Id, when it was changed, flags (1: started, 2: open), the ending, when it was asked for. */
const Entry = z.tuple([z.int(), z.number(), z.int(), z.string().max(30), z.number()]);
export const LedgerState = z.array(Entry).max(500);
export type LedgerState = z.infer<typeof LedgerState>;

/** Those that were changed last: what a list may show again. Of the others those that are open. */
const remembered = { newest: 120, open: 50 };

/** They wait for a human, or for their time. */
const resting: ReadonlySet<string> = new Set(['manual', 'scheduled']);

const fresh: KnownPipeline = { touched: 0, started: false, ended: '', open: false, asked: 0 };

export function touchedAt({ updated_at: updated, created_at: created }: Pipeline): number {
  return Date.parse(updated ?? created ?? '1970-01-01T00:00:00Z');
}

/** What was told of which pipeline. What is forgotten is told again under the same keys. */
export class PipelineLedger {
  readonly #known: Map<number, KnownPipeline>;

  constructor(state: LedgerState = []) {
    this.#known = new Map(
      state.map(([id, touched, flags, ended, asked]) => [
        id,
        { touched, started: (flags & 1) === 1, open: (flags & 2) === 2, ended, asked },
      ]),
    );
  }

  of(id: number): KnownPipeline {
    return this.#known.get(id) ?? fresh;
  }

  /** Whether a list shows nothing that wasn't seen. */
  isKnown(pipeline: Pipeline): boolean {
    return this.#known.get(pipeline.id)?.touched === touchedAt(pipeline);
  }

  /** Notes how it was seen, and what was told: that it has started, and which ending. */
  note(pipeline: Pipeline, { started, ended }: Pick<KnownPipeline, 'started' | 'ended'>): void {
    const open = !isCompleted(pipeline) && !resting.has(pipeline.status);
    const { asked } = this.of(pipeline.id);
    this.#known.set(pipeline.id, { touched: touchedAt(pipeline), started, ended, open, asked });
  }

  noteAsked(id: number, at: number): void {
    this.#known.set(id, { ...this.of(id), asked: at });
  }

  /** There is no such pipeline any more. */
  drop(id: number): void {
    this.#known.delete(id);
  }

  /** Those that go on by themselves, those first that were seen longest ago. */
  get open(): (KnownPipeline & { id: number })[] {
    const seen = ({ touched, asked }: KnownPipeline) => Math.max(touched, asked);
    return [...this.#known]
      .filter(([, { open }]) => open)
      .map(([id, known]) => ({ id, ...known }))
      .sort((one, other) => seen(one) - seen(other));
  }

  /** Those that were changed last come first. */
  get #byChange(): [number, KnownPipeline][] {
    return [...this.#known].sort(([, one], [, other]) => other.touched - one.touched);
  }

  /** Since when all that has changed is remembered, in milliseconds since 1970; 0: nothing is forgotten. */
  get oldest(): number {
    const [last, next] = this.#byChange.slice(remembered.newest - 1);
    return next && last ? last[1].touched : 0;
  }

  get state(): LedgerState {
    const byChange = this.#byChange;
    const older = byChange.slice(remembered.newest).filter(([, { open }]) => open);
    return [...byChange.slice(0, remembered.newest), ...older.slice(0, remembered.open)].map(
      ([id, { touched, started, open, ended, asked }]) => [
        id,
        touched,
        (started ? 1 : 0) + (open ? 2 : 0),
        ended,
        asked,
      ],
    );
  }
}
