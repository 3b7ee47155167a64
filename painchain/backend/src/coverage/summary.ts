import type { CoverageVerdict } from '@painchain/contract';
import { meaningOf, worstVerdict } from './quality.js';
import type { Stretch, Window } from './stretches.js';

/** What stretches that cover a window come to. */
export interface Summary {
  verdict: CoverageVerdict;
  /** From the beginning of the window up to here nothing is missing; undefined when even its beginning is. */
  completeUntilMs: number | undefined;
}

/** Stretches may overlap. Of what nobody has seen anything of, such as the future, nothing can be said. */
export function summaryOf(stretches: readonly Stretch[], { fromMs, toMs }: Window): Summary {
  if (stretches.length === 0) return { verdict: 'not_connected', completeUntilMs: undefined };
  let missingMs = toMs;
  const verdicts = new Set<CoverageVerdict>();
  for (const stretch of stretches) {
    const { verdict, missing } = meaningOf(stretch.quality);
    verdicts.add(verdict);
    if (missing && stretch.fromMs < missingMs) missingMs = stretch.fromMs;
  }
  return {
    verdict: worstVerdict([...verdicts]),
    completeUntilMs: missingMs === fromMs ? undefined : missingMs,
  };
}
