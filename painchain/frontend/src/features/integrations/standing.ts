import type { IntegrationHealth, IntegrationView, SourceStatus, Trouble } from '@painchain/contract';

/** The states of an integration, the worst first; one that somebody paused needs nobody. */
export const healthOrder: readonly IntegrationHealth[] = [
  'action_required',
  'failing',
  'late',
  'orphaned',
  'never_connected',
  'healthy',
  'paused',
];

const sourceOrder: readonly SourceStatus['state'][] = [
  'action_required',
  'failing',
  'late',
  'starting',
  'healthy',
];

/** Sources, the worst first: by their state, then by how far they are behind. */
export function worstSourcesFirst(sources: readonly SourceStatus[]): SourceStatus[] {
  return sources.toSorted(
    (one, other) =>
      sourceOrder.indexOf(one.state) - sourceOrder.indexOf(other.state) ||
      (other.lag_seconds ?? 0) - (one.lag_seconds ?? 0) ||
      (one.source < other.source ? -1 : 1),
  );
}

/** What troubles an integration most, and how many more of its sources have a trouble of their own. */
export function foremostTrouble({
  trouble,
  sources,
}: IntegrationView): { trouble: Trouble; source: string | undefined; others: number } | undefined {
  const troubled = worstSourcesFirst(sources.filter((source) => source.trouble !== null));
  if (trouble) return { trouble, source: undefined, others: troubled.length };
  const [worst] = troubled;
  if (!worst?.trouble) return undefined;
  return { trouble: worst.trouble, source: worst.project ?? worst.source, others: troubled.length - 1 };
}

export type RateLimit = NonNullable<SourceStatus['rate_limit']>;

/** The rate limit of which the least is left. */
export function tightestLimit(sources: readonly SourceStatus[]): RateLimit | undefined {
  const left = ({ remaining, limit }: RateLimit) => (limit > 0 ? remaining / limit : 1);
  return sources
    .flatMap(({ rate_limit }) => rate_limit ?? [])
    .reduce<RateLimit | undefined>(
      (tightest, each) => (tightest === undefined || left(each) < left(tightest) ? each : tightest),
      undefined,
    );
}

/** Whether it is changed here; what a file manages is changed in the file. */
export function isOurs({ managed_by }: Pick<IntegrationView, 'managed_by'>): boolean {
  return managed_by === 'api';
}

/** Whether it may be removed here: what a file manages is, too, once its connector is gone. */
export function isRemovable(integration: Pick<IntegrationView, 'managed_by' | 'health'>): boolean {
  return isOurs(integration) || integration.health === 'orphaned';
}
