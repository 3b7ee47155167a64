import type { Coverage, CoverageStretch, IntegrationCoverage } from '@painchain/contract';

/** The kinds in which something may be missing, the worst first. */
const gapKinds = ['blind', 'not_connected', 'late', 'reconstructed'] as const;
export type Gap = CoverageStretch & { kind: (typeof gapKinds)[number] };

/** What of a window was not simply seen, in the order of time. */
export function toldStretches(stretches: readonly CoverageStretch[]): CoverageStretch[] {
  return stretches.filter(({ kind }) => kind !== 'complete' && kind !== 'pending');
}

/** How many stretches at the beginning are from before anybody looked. */
function unconnected(stretches: readonly CoverageStretch[]): number {
  const first = stretches.findIndex(({ kind }) => kind !== 'not_connected' && kind !== 'reconstructed');
  return first < 0 ? stretches.length : first;
}

/** Since when somebody looks, where that is within the stretches. */
export function connectedAt(stretches: readonly CoverageStretch[]): string | undefined {
  const count = unconnected(stretches);
  return count === 0 ? undefined : stretches[count]?.from;
}

/**
 * Where something may be missing. That a source was connected within the window is no gap but its beginning, unless that
 * is all there is; and what came late is here by now, unless it is what the window ends with.
 */
export function gapsOf(stretches: readonly CoverageStretch[]): Gap[] {
  const count = unconnected(stretches);
  const seen = count === stretches.length ? stretches : stretches.slice(count);
  return seen.filter((stretch, index): stretch is Gap =>
    stretch.kind === 'late' ? index === seen.length - 1 : gapKinds.some((kind) => kind === stretch.kind),
  );
}

/** The worst of the gaps, the longest where several are equally bad. */
export function worstGap(stretches: readonly CoverageStretch[]): Gap | undefined {
  const [worst] = gapsOf(stretches).toSorted(
    (one, other) => rankOf(one) - rankOf(other) || lengthOf(other) - lengthOf(one),
  );
  return worst;
}

function rankOf({ kind }: Gap): number {
  return gapKinds.indexOf(kind);
}

function lengthOf({ from, to }: CoverageStretch): number {
  return Date.parse(to) - Date.parse(from);
}

type Integrations = Pick<Coverage, 'integrations'>;

/** The integrations by how bad their worst gap is, those without any last. */
export function worstFirst({ integrations }: Integrations): IntegrationCoverage[] {
  const ranks = new Map(
    integrations.map((each) => {
      const gap = worstGap(each.stretches);
      return [each, gap ? rankOf(gap) : gapKinds.length];
    }),
  );
  return integrations.toSorted((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0));
}

/** The integrations with gaps, the worst first. */
export function withGaps(coverage: Integrations): IntegrationCoverage[] {
  return worstFirst(coverage).filter(({ stretches }) => worstGap(stretches) !== undefined);
}

/** Whether any part of it was seen: an answer about nothing proves nothing. */
export function isAnythingSeen({ stretches }: Pick<Coverage, 'stretches'>): boolean {
  return stretches.some(({ kind }) => kind === 'complete' || kind === 'late');
}
