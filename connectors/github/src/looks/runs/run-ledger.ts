import { z } from 'zod';
import { type WorkflowRun, isCompleted } from '../../translate/workflow-run.js';

/** What was told of an attempt: nothing, that it has started, or that it has completed. */
export type Told = 0 | 1 | 2;

/** A run's id, its latest attempt (0: none of it ran so far), and what was told of that. */
const Entry = z.tuple([z.int(), z.int().nonnegative(), z.literal([0, 1, 2])]);

export const LedgerState = z.object({ horizon: z.int(), runs: z.array(Entry).max(1_000) });
export type LedgerState = z.infer<typeof LedgerState>;

/** How many runs are remembered: the newest, and of older ones those that are open or were run again. */
const remembered = { newest: 200, open: 100, again: 200 };

/**
 * What was told of which run. Runs that are forgotten lie below a horizon, by their ids, which grow: so an unknown
 * run above it is new, however late it shows in a list, and one below it was told as its first attempt.
 */
export class RunLedger {
  readonly #runs: Map<number, { attempt: number; told: Told }>;
  readonly #before: ReadonlySet<number>;
  #horizon: number;

  constructor({ horizon, runs }: LedgerState = { horizon: 0, runs: [] }) {
    this.#runs = new Map(runs.map(([id, attempt, told]) => [id, { attempt, told }]));
    this.#before = new Set(this.#runs.keys());
    this.#horizon = horizon;
  }

  /** Whether it was known before this look. */
  wasKnown(id: number): boolean {
    return this.#before.has(id) || id <= this.#horizon;
  }

  /** The latest attempt that something was told of. */
  toldOf(run: WorkflowRun): { attempt: number; told: Told } {
    const known = this.#runs.get(run.id);
    if (known) return known;
    const wasTold = run.id <= this.#horizon && (run.run_attempt > 1 || isCompleted(run));
    return { attempt: 1, told: wasTold ? 2 : 0 };
  }

  note(id: number, attempt: number, told: Told): void {
    this.#runs.set(id, { attempt, told });
  }

  /** That nothing more comes of an attempt unless somebody approves it: no list needs to be waited for. */
  noteUnapproved(id: number, attempt: number): void {
    this.note(id, attempt - 1, 2);
  }

  /** Puts a run behind all others that are open. */
  touch(id: number): void {
    const known = this.#runs.get(id);
    this.#runs.delete(id);
    if (known) this.#runs.set(id, known);
  }

  /** There is no such run any more. */
  drop(id: number): void {
    this.#runs.delete(id);
  }

  /** Runs of which more is to come, those that were looked at longest ago first. */
  get open(): number[] {
    return [...this.#runs].filter(([, { told }]) => told !== 2).map(([id]) => id);
  }

  get state(): LedgerState {
    const older = [...this.#runs.keys()].sort((one, other) => other - one).slice(remembered.newest);
    const isOpen = (id: number) => this.#runs.get(id)?.told !== 2;
    const open = older.filter(isOpen);
    const again = older.filter((id) => !isOpen(id) && this.#runs.get(id)?.attempt !== 1);
    const kept = new Set([...open.slice(0, remembered.open), ...again.slice(0, remembered.again)]);
    const forgotten = new Set(older.filter((id) => !kept.has(id)));
    const runs = [...this.#runs].filter(([id]) => !forgotten.has(id));
    return {
      horizon: Math.max(this.#horizon, ...forgotten),
      runs: runs.map(([id, { attempt, told }]) => [id, attempt, told]),
    };
  }
}
