import { z } from 'zod';
import type { Step } from '../translate/facts.js';
import { type Fold, defineFold } from './fold.js';

const Revision = z.object({
  metadata: z.object({ namespace: z.string().default('') }),
  release: z.string(),
  revision: z.int(),
});

/** By release, its newest revision that has been seen to come. */
const State = z.record(z.string(), z.int());
type State = z.output<typeof State>;

/**
 * A revision that is gone while a newer one of its release has come was cleared away, not uninstalled. A list shows what
 * is there before what is gone, so that is known in time.
 */
export function helmFold(): Fold {
  return defineFold<State>({
    state: State,
    empty: {},
    heldSeconds: 0,
    add(state, step, events) {
      const read = revisionOf(step);
      if (!read) return { state, events };
      const { release, revision } = read;
      const newest = state[release] ?? 0;
      if (step.after !== null) {
        return { state: revision > newest ? { ...state, [release]: revision } : state, events };
      }
      if (revision < newest) return { state, events: [] };
      if (newest === 0) return { state, events };
      const { [release]: _, ...others } = state;
      return { state: others, events };
    },
    due: (state) => ({ state, events: [] }),
  });
}

function revisionOf({ before, after }: Step): { release: string; revision: number } | undefined {
  const read = Revision.safeParse(after ?? before).data;
  return read && { release: `${read.metadata.namespace}/${read.release}`, revision: read.revision };
}
