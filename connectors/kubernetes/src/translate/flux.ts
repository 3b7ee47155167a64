import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { type Applied, type Failure, KeptFlux } from './kept-flux.js';
import { namedData, placeOf } from './metadata.js';
import { parseRevision, revisionRefs } from './revision.js';
import { settingsTranslation } from './settings.js';
import { type Author, actorData, authorOf, managerData, whenChanged, windowData } from './who.js';
import { environmentRef, firstLine, ignored, refsOf, unsupported, versionRef } from './wording.js';

/** What has happened to an object of Flux, before its place is known. */
interface FluxNews extends Pick<SourceEvent, 'type' | 'status' | 'severity'> {
  key: readonly string[];
  words: string;
  at?: string | undefined;
  author?: Author | undefined;
  refs?: readonly (string | undefined)[];
  data: JsonObject;
}

const flux: Author = { manager: 'Flux', actor: 'Flux' };

/**
 * A step of a Kustomization, HelmRelease or GitRepository of Flux: what it has applied, why it can’t, whether it is
 * suspended, how it was edited.
 */
export function translateFlux(
  kind: string,
  step: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptFlux.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported(kind);
  const types = { created: 'object_created', changed: 'object_edited', deleted: 'object_deleted' };
  const edit = settingsTranslation({ kind, types, verb: 'edited' }, step, cluster, sighting);
  const news = after ? newsOf(before, after, step, sighting) : [];
  const events = [
    ...(edit.kind === 'events' ? edit.events : []),
    ...news.flatMap((one) => (after ? [fluxEvent(kind, one, after, cluster, sighting)] : [])),
  ];
  return events.length > 0 ? { kind: 'events', events } : ignored('status_only');
}

function newsOf(before: KeptFlux | null, after: KeptFlux, step: Step, sighting: Sighting): FluxNews[] {
  const applied = appliedNews(before?.applied, after);
  const failed = after.failures
    .filter(
      ({ reason, revision }) =>
        !before?.failures.some((one) => one.reason === reason && one.revision === revision),
    )
    .map(failedNews);
  const isReady = before !== null && before.failures.length > 0 && after.failures.length === 0;
  const ready = isReady && applied.length === 0 ? [readyNews(before.failures, after)] : [];
  return [...suspendNews(before, after, step, sighting), ...applied, ...failed, ...ready];
}

function appliedNews(was: Applied | undefined, { applied: is, metadata }: KeptFlux): FluxNews[] {
  if (!is || (was?.revision === is.revision && was.number === is.number)) return [];
  const [old, fresh] = [was && parseRevision(was.revision), parseRevision(is.revision)];
  const isSame = old?.text === fresh.text;
  return [
    {
      key: ['applied', is.revision, is.number === undefined ? (is.at ?? '') : String(is.number)],
      words: `applied ${old && !isSame ? `${old.short} → ` : ''}${fresh.short}${isSame ? ' again' : ''}`,
      type: 'flux_applied',
      status: 'success',
      at: is.at,
      author: flux,
      refs: [
        ...revisionRefs(is.origin ? [is.revision, is.origin] : [is.revision]),
        is.app ? versionRef(metadata.name, is.app) : undefined,
      ],
      data: {
        revision: { old: was?.revision ?? null, new: is.revision },
        ...(fresh.branch && { branch: fresh.branch }),
        ...(is.origin && { origin_revision: is.origin }),
        ...(is.number !== undefined && { helm_revision: { old: was?.number ?? null, new: is.number } }),
        ...(is.app && { app_version: { old: was?.app ?? null, new: is.app } }),
      },
    },
  ];
}

function failedNews({ reason, message, revision, at }: Failure): FluxNews {
  return {
    key: ['failed', reason, revision ?? '', at ?? ''],
    words: `failed: ${reason}`,
    type: 'flux_failed',
    status: 'failure',
    severity: 'error',
    at,
    refs: revision ? revisionRefs([revision]) : [],
    data: {
      reason,
      ...(message && { message, summary: firstLine(message, reason).slice(0, 160) }),
      ...(revision && { revision }),
    },
  };
}

function readyNews(failures: readonly Failure[], { ready: at, applied }: KeptFlux): FluxNews {
  const [last] = failures;
  return {
    key: ['ready', at ?? ''],
    words: 'ready again',
    type: 'flux_recovered',
    status: 'success',
    at,
    refs: applied ? revisionRefs([applied.revision]) : [],
    data: { ready: { old: false, new: true }, ...(last && { was: last.reason }) },
  };
}

function suspendNews(
  before: KeptFlux | null,
  after: KeptFlux,
  { managers }: Step,
  sighting: Sighting,
): FluxNews[] {
  if (!before || before.suspended === after.suspended) return [];
  const author = authorOf([['spec', 'suspend']], managers, sighting);
  const words = after.suspended ? 'suspended' : 'resumed';
  const generation = after.metadata.generation ?? author?.time ?? '';
  return [
    {
      key: [String(generation), words],
      words,
      type: `flux_${words}`,
      at: author?.time,
      author,
      data: { suspended: { old: before.suspended, new: after.suspended } },
    },
  ];
}

function fluxEvent(
  kind: string,
  { key, words, at, author, refs = [], data, ...news }: FluxNews,
  { metadata, spec }: KeptFlux,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const named = { kind, ...metadata };
  const when = whenChanged(at, sighting);
  const sourceRef = spec['sourceRef'] ?? spec['chartRef'];
  return {
    key_parts: [cluster.uid, metadata.uid, ...key],
    title: `${kind} ${metadata.name} ${words}`,
    ...news,
    ...placeOf(named, cluster),
    refs: refsOf(...refs, environmentRef(cluster.environment)),
    ...when,
    ...actorData(author),
    data: {
      ...namedData(named, cluster),
      ...data,
      ...(sourceRef !== undefined && { source: sourceRef }),
      ...managerData(author),
      ...windowData(when, sighting),
    },
  };
}
