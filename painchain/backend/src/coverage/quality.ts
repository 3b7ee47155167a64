import type { CoverageKind, CoverageVerdict } from '@painchain/contract';

interface Meaning {
  kind: CoverageKind;
  verdict: CoverageVerdict;
  /** Something may have happened that is not here, or not yet. */
  missing: boolean;
}

/**
 * In what quality a moment was seen, finer than it is told, from the best to the worst. Whatever is worse has no better
 * verdict and misses no less, so a summary may be taken before or after stretches of many sources are put together.
 */
const meanings = {
  /** No longer a source of its integration: nobody wants to know. */
  gone: { kind: 'not_connected', verdict: 'complete', missing: false },
  complete: { kind: 'complete', verdict: 'complete', missing: false },
  /** Seen completely, but only long after. */
  caught_up: { kind: 'late', verdict: 'complete', missing: false },
  pending: { kind: 'pending', verdict: 'complete', missing: true },
  reconstructed: { kind: 'reconstructed', verdict: 'late', missing: true },
  late: { kind: 'late', verdict: 'late', missing: true },
  /** Made out by the first look. */
  backfilled: { kind: 'reconstructed', verdict: 'not_connected', missing: true },
  not_connected: { kind: 'not_connected', verdict: 'not_connected', missing: true },
  blind: { kind: 'blind', verdict: 'blind', missing: true },
} as const satisfies Record<string, Meaning>;

export type Quality = keyof typeof meanings;

export const qualities = Object.keys(meanings) as Quality[];

const ranks = new Map(qualities.map((quality, rank) => [quality, rank]));

export function rankOf(quality: Quality): number {
  return ranks.get(quality) ?? 0;
}

export function meaningOf(quality: Quality): Meaning {
  return meanings[quality];
}

const verdicts: readonly CoverageVerdict[] = ['complete', 'late', 'not_connected', 'blind'];

/** The higher, the worse. */
export function severityOf(verdict: CoverageVerdict): number {
  return verdicts.indexOf(verdict);
}

/** The worst of the verdicts; the best there is when there are none. */
export function worstVerdict(given: readonly CoverageVerdict[]): CoverageVerdict {
  return verdicts.findLast((verdict) => given.includes(verdict)) ?? 'complete';
}
