import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { type Health, KeptApplication, type Operation } from './kept-application.js';
import { namedData, placeOf } from './metadata.js';
import { revisionRefs, shortRevisions } from './revision.js';
import { type SettingsKind, settingsTranslation } from './settings.js';
import { whenChanged, windowData } from './who.js';
import { environmentRef, firstLine, ignored, refsOf, unsupported } from './wording.js';

const settings: SettingsKind = {
  kind: 'Application',
  types: { created: 'object_created', changed: 'object_edited', deleted: 'object_deleted' },
  verb: 'edited',
};

/** What has happened to an application, before its place is known. */
interface ApplicationNews extends Pick<SourceEvent, 'type' | 'title' | 'status' | 'severity' | 'actor'> {
  key: readonly string[];
  at?: string | undefined;
  revisions: readonly string[];
  data: JsonObject;
}

/** A step of an Argo CD Application: to what it was synchronized and by whom, how healthy it is, how it was edited. */
export function translateApplication(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptApplication.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported('Application');
  const edit = settingsTranslation(settings, step, cluster, sighting);
  const news = after ? [syncNews(before, after), healthNews(before, after)] : [];
  const events = [
    ...(edit.kind === 'events' ? edit.events : []),
    ...news.flatMap((one) => (one && after ? [applicationEvent(one, after, cluster, sighting)] : [])),
  ];
  return events.length > 0 ? { kind: 'events', events } : ignored('status_only');
}

function syncNews(before: KeptApplication | null, after: KeptApplication): ApplicationNews | undefined {
  const { operation, metadata } = after;
  const known = before?.operation;
  if (!operation || (known?.id === operation.id && known.phase === operation.phase)) return undefined;
  const { phase, message, at, by, automated, revisions } = operation;
  const isFailure = phase !== 'Succeeded';
  const why = firstLine(message ?? '', phase).slice(0, 160);
  return {
    key: ['sync', operation.id, phase],
    title: isFailure
      ? `Sync of ${metadata.name} failed: ${why}`
      : syncedTitle(before?.synced ?? [], after, operation),
    type: isFailure ? 'argo_sync_failed' : 'argo_synced',
    status: isFailure ? 'failure' : 'success',
    ...(isFailure && { severity: 'error' }),
    actor: by ?? 'Argo CD',
    at,
    revisions,
    data: {
      revision: { old: textOf(before?.synced ?? []), new: textOf(revisions) },
      automated: automated ?? false,
      ...(by && { initiated_by: by }),
      phase,
      ...(message && { message }),
    },
  };
}

function textOf(revisions: readonly string[]): string | null {
  return revisions.length > 0 ? revisions.join(', ') : null;
}

function syncedTitle(
  before: readonly string[],
  { metadata }: KeptApplication,
  { revisions, automated }: Operation,
): string {
  const [old, is] = [shortRevisions(before), shortRevisions(revisions)];
  const how = automated ? ' automatically' : '';
  if (is === '') return `${metadata.name} synced${how}`;
  if (old === is) return `${metadata.name} synced${how} to ${is} again`;
  return `${metadata.name} synced${how}: ${old === '' ? is : `${old} → ${is}`}`;
}

function healthNews(before: KeptApplication | null, after: KeptApplication): ApplicationNews | undefined {
  const [was, is] = [before?.health, after.health];
  if (!is || was?.status === is.status) return undefined;
  // That it becomes healthy is news only where it was not.
  return was || is.status === 'Degraded' ? healthChange(was, is, after) : undefined;
}

function healthChange(
  was: Health | undefined,
  is: Health,
  { metadata, synced }: KeptApplication,
): ApplicationNews {
  const isBad = is.status === 'Degraded';
  const why = is.message ? `: ${firstLine(is.message, is.status).slice(0, 160)}` : '';
  return {
    key: [isBad ? 'degraded' : 'healthy', is.at ?? ''],
    title: isBad ? `${metadata.name} degraded${why}` : `${metadata.name} healthy again`,
    type: isBad ? 'argo_degraded' : 'argo_healthy',
    status: isBad ? 'failure' : 'success',
    ...(isBad && { severity: 'error' }),
    at: is.at,
    revisions: synced,
    data: {
      health: { old: was?.status ?? null, new: is.status },
      ...(is.message && { message: is.message }),
      revision: textOf(synced),
    },
  };
}

function applicationEvent(
  { key, at, revisions, data, ...news }: ApplicationNews,
  { metadata, spec }: KeptApplication,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const named = { kind: 'Application', ...metadata };
  const when = whenChanged(at, sighting);
  return {
    key_parts: [cluster.uid, metadata.uid, ...key],
    ...news,
    ...placeOf(named, cluster),
    refs: refsOf(...revisionRefs(revisions), environmentRef(cluster.environment)),
    ...when,
    data: {
      ...namedData(named, cluster),
      ...data,
      ...(spec['destination'] !== undefined && { destination: spec['destination'] }),
      ...sourceData(spec),
      ...windowData(when, sighting),
    },
  };
}

const sourceFields = ['repoURL', 'path', 'chart', 'targetRevision'];

/** Where it comes from, without what it is given there. */
function sourceData(spec: KeptApplication['spec']): JsonObject {
  const sources = (Array.isArray(spec['sources']) ? spec['sources'] : [spec['source']]).flatMap((source) =>
    typeof source === 'object' && source !== null && !Array.isArray(source)
      ? [Object.fromEntries(Object.entries(source).filter(([name]) => sourceFields.includes(name)))]
      : [],
  );
  return sources.length > 0 ? { sources } : {};
}
