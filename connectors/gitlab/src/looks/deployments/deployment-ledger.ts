import { z } from 'zod';
import { type Deployment, goesOn } from '../../translate/deployment.js';

/** When it was changed as it was seen last, in milliseconds since 1970, and the statuses that were told. */
interface Known {
  touched: number;
  told: readonly string[];
  open: boolean;
}

const Entry = z.tuple([z.int(), z.number(), z.array(z.string().max(30)).max(12), z.boolean()]);
export const LedgerState = z.array(Entry).max(300);
export type LedgerState = z.infer<typeof LedgerState>;

/** Those that were changed last: what a list may show again, and most of what is under way. */
const remembered = 120;
/** What nobody has touched for longer waits for a human, or was given up. */
const busyMs = 86_400_000;

function touchedAt({ updated_at: updated, created_at: created }: Deployment): number {
  return Date.parse(updated ?? created ?? '1970-01-01T00:00:00Z');
}

/** What was told of which deployment. What is forgotten is told again under the same keys. */
export class DeploymentLedger {
  readonly #known: Map<number, Known>;

  constructor(state: LedgerState = []) {
    this.#known = new Map(state.map(([id, touched, told, open]) => [id, { touched, told, open }]));
  }

  /** Whether a list shows nothing that wasn't seen. */
  isKnown(deployment: Deployment): boolean {
    return this.#known.get(deployment.id)?.touched === touchedAt(deployment);
  }

  toldOf({ id }: Deployment): readonly string[] {
    return this.#known.get(id)?.told ?? [];
  }

  /** Notes how it was seen, and that all these statuses were told. */
  note(deployment: Deployment, statuses: readonly string[]): void {
    const told = new Set([...this.toldOf(deployment), ...statuses.map((status) => status.slice(0, 30))]);
    this.#known.set(deployment.id, {
      touched: touchedAt(deployment),
      told: [...told].slice(-12),
      open: goesOn(deployment),
    });
  }

  /** Whether something is under way at an instant, in milliseconds since 1970. */
  isBusy(at: number): boolean {
    return [...this.#known.values()].some(({ open, touched }) => open && at - touched < busyMs);
  }

  get #byChange(): [number, Known][] {
    return [...this.#known].sort(([, one], [, other]) => other.touched - one.touched);
  }

  /** Since when all that has changed is remembered, in milliseconds since 1970; 0: nothing is forgotten. */
  get oldest(): number {
    const [last, next] = this.#byChange.slice(remembered - 1);
    return next && last ? last[1].touched : 0;
  }

  get state(): LedgerState {
    return this.#byChange
      .slice(0, remembered)
      .map(([id, { touched, told, open }]) => [id, touched, [...told], open]);
  }
}
