import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { KeptRelease } from './kept-release.js';
import { type Named, namedData, placeOf } from './metadata.js';
import { actorData, authorOf, managerData, whenChanged, windowData } from './who.js';
import { commitRef, environmentRef, ignored, refsOf, unsupported, versionRef } from './wording.js';

type Outcome = 'installed' | 'upgraded' | 'rolled_back' | 'failed' | 'uninstalled';

const words: Record<Outcome, string> = {
  installed: 'installed',
  upgraded: 'upgraded',
  rolled_back: 'rolled back',
  failed: 'failed',
  uninstalled: 'uninstalled',
};

/** A step of one revision of a Helm release. */
export function translateHelmRelease(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptRelease.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported('Release');
  const shown = after ?? before;
  const outcome = outcomeOf(before, after);
  if (!shown || !outcome) return ignored('rollout_progress');
  return { kind: 'events', events: [releaseEvent(outcome, before, shown, step, cluster, sighting)] };
}

/** What a revision has come to, where that is news. Old revisions are cleared away without any. */
function outcomeOf(before: KeptRelease | null, after: KeptRelease | null): Outcome | undefined {
  if (!after) return before && isUninstallable(before.status) ? 'uninstalled' : undefined;
  switch (after.status) {
    case 'deployed':
      return arrival(before, after);
    // Nobody looked while it was the present one.
    case 'superseded':
      return before === null || before.status.startsWith('pending-') ? arrival(before, after) : undefined;
    case 'failed':
      return 'failed';
    case 'uninstalled':
      return 'uninstalled';
    default:
      return undefined;
  }
}

function isUninstallable(status: string): boolean {
  return status === 'deployed' || status === 'uninstalling';
}

function arrival(before: KeptRelease | null, { revision, chart }: KeptRelease): Outcome {
  const isRollback =
    before?.status === 'pending-rollback' || /^rollback to \d+$/i.test(chart?.description ?? '');
  if (isRollback) return 'rolled_back';
  return revision === 1 || before?.status === 'pending-install' ? 'installed' : 'upgraded';
}

function releaseEvent(
  outcome: Outcome,
  before: KeptRelease | null,
  kept: KeptRelease,
  { after, managers }: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const { metadata, release, revision, status, at, chart: is } = kept;
  const named: Named = { kind: 'Release', name: release, namespace: metadata.namespace };
  const chart = is ?? before?.chart;
  const time = status === 'superseded' ? metadata.creationTimestamp : at;
  const when = whenChanged(after === null ? undefined : time, sighting);
  const author =
    after === null ? undefined : authorOf([['data'], ['metadata', 'labels']], managers, sighting);
  const isFailure = outcome === 'failed';
  return {
    key_parts: [cluster.uid, metadata.uid, outcome, ...(isFailure ? [at ?? ''] : [])],
    title: titleOf(outcome, kept, chart),
    type: `helm_${outcome}`,
    ...placeOf(named, cluster),
    refs: chartRefs(release, chart, cluster.environment),
    ...when,
    ...actorData(author),
    status: isFailure ? 'failure' : 'success',
    ...(isFailure && { severity: 'error' }),
    ...(outcome === 'rolled_back' && { severity: 'warning' }),
    data: {
      ...namedData(named, cluster),
      revision: revisionData(outcome, revision),
      ...chartData(chart),
      ...managerData(author),
      helm: `helm history ${release}${metadata.namespace ? ` --namespace ${metadata.namespace}` : ''}`,
      ...windowData(when, sighting),
    },
  };
}

function revisionData(outcome: Outcome, revision: number): JsonObject {
  if (outcome === 'uninstalled') return { old: revision, new: null };
  return { old: revision > 1 ? revision - 1 : null, new: revision };
}

function titleOf(outcome: Outcome, { release, revision }: KeptRelease, chart: KeptRelease['chart']): string {
  const what = `Helm release ${release} ${words[outcome]}`;
  if (outcome === 'uninstalled') return what;
  const version = chart?.version && `chart ${chart.version}`;
  const app = chart?.appVersion && `app ${chart.appVersion}`;
  const versions = [version, app].filter(Boolean).join(', ');
  if (outcome === 'failed') return `${what}: revision ${revision}${versions && ` (${versions})`}`;
  return `${what}: ${versions || `revision ${revision}`}`;
}

function chartData(chart: KeptRelease['chart']): JsonObject {
  if (!chart) return {};
  const { name, version, appVersion, description } = chart;
  return {
    ...(name && { chart: name }),
    ...(version && { chart_version: version }),
    ...(appVersion && { app_version: appVersion }),
    ...(description && { description }),
  };
}

function chartRefs(release: string, chart: KeptRelease['chart'], environment: string | undefined): string[] {
  const app = chart?.appVersion;
  return refsOf(
    ...(app ? [versionRef(release, app), chart.name && versionRef(chart.name, app)] : []).map(
      (ref) => ref || undefined,
    ),
    app && /^[0-9a-f]{40}$/i.test(app) ? commitRef(app) : undefined,
    environmentRef(environment),
  );
}
