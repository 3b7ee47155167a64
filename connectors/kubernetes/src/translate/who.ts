import type { JsonObject } from '@painchain/connector-sdk';
import type { FieldManager, Sighting } from './facts.js';
import { type FieldPath, itemOf } from './field-diff.js';
import { isObject } from './json-object.js';

/** Who has made a change, and when, as far as the object tells. */
export interface Author {
  /** As the API has it. */
  manager: string;
  /** As one speaks of it: `kubectl edit`, `Argo CD`. */
  actor: string;
  subresource?: string;
  /** RFC 3339. */
  time?: string;
}

/** When something happened, as an event says it. */
export interface When {
  timestamp: string;
  time_precision: 'exact' | 'gap';
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Clocks differ by this much without anybody being wrong; managers’ times are whole seconds. */
const skewMilliseconds = 2_000;
/** What is watched is seen sooner than this. A field that was written before was changed by nobody who tells when. */
const lateMilliseconds = 60_000;
/** A manager of no changed field has made the change only if it wrote right then. */
const recentMilliseconds = 10_000;

const tools: readonly (readonly [RegExp, string])[] = [
  [/^kubectl-client-side-apply$/, 'kubectl apply'],
  [/^kubectl-last-applied$/, 'kubectl apply'],
  [/^argocd/, 'Argo CD'],
  [/^argo-rollouts|^rollouts-controller/, 'Argo Rollouts'],
  [/^(?:kustomize|helm|source|flux)-controller$|^flux$/, 'Flux'],
  [/^helm$/, 'Helm'],
  [/^terraform|^hashicorp$/i, 'Terraform'],
  [/^pulumi/i, 'Pulumi'],
];

/** A manager’s name as one speaks of it: kubectl by what was asked of it, tools by their names, all else as it is. */
export function actorOfManager(manager: string): string {
  const name = manager.replace(/\.exe$/i, '');
  const tool = tools.find(([pattern]) => pattern.test(name));
  if (tool) return tool[1];
  const verb = /^kubectl-(.+)$/.exec(name)?.[1];
  return verb === undefined ? name : `kubectl ${verb.replaceAll('-', ' ')}`;
}

/**
 * The manager of the changed fields: of those that own one of them, the one that wrote last. Fields that are gone have
 * no owner: then whoever wrote to the object, not to its status, right when it changed.
 */
export function authorOf(
  paths: readonly FieldPath[],
  managers: readonly FieldManager[],
  sighting: Sighting,
): Author | undefined {
  const writers = managers.filter(({ subresource }) => subresource !== 'status').sort(laterFirst);
  const owner = writers.find(({ fields }) => paths.some((path) => owns(fields, path)));
  if (owner) return authorFrom(owner);
  const from = Date.parse(sighting.since ?? sighting.at) - (sighting.since ? 0 : recentMilliseconds);
  // Before 1.22 a status is not told from the rest by its subresource.
  const recent = writers.find(
    ({ time, fields }) =>
      time !== undefined &&
      !Object.hasOwn(fields, 'f:status') &&
      isBetween(time, from, sighting.at) &&
      paths.some((path) => owns(fields, partOf(path))),
  );
  return recent && authorFrom(recent);
}

/** The part of an object that a field is in: a controller that notes something in annotations edits no spec. */
function partOf(path: FieldPath): FieldPath {
  return path.slice(0, path[0] === 'metadata' ? 2 : 1);
}

/** Whoever has made the object: the first of those that have written to it, rather one that wrote more than notes. */
export function creatorOf(managers: readonly FieldManager[]): Author | undefined {
  const writers = managers.filter(({ subresource }) => !subresource).sort(laterFirst);
  const first = writers.findLast(({ fields }) => hasContent(fields)) ?? writers.at(-1);
  return first && authorFrom(first);
}

function hasContent(fields: JsonObject): boolean {
  return Object.keys(fields).some((key) => key !== 'f:metadata' && key !== 'f:status');
}

function laterFirst(one: FieldManager, other: FieldManager): number {
  return Date.parse(other.time ?? '') - Date.parse(one.time ?? '') || 0;
}

function authorFrom({ manager, subresource, time, operation }: FieldManager): Author {
  const actor = manager === 'kubectl' && operation === 'Apply' ? 'kubectl apply' : actorOfManager(manager);
  return { manager, actor, ...(subresource && { subresource }), ...(time !== undefined && { time }) };
}

/** Whether these fields hold a path: to its end, or to a leaf above it, which is owned as a whole. */
export function owns(fields: JsonObject, path: FieldPath): boolean {
  let place = fields;
  for (const step of path) {
    const inner = Object.keys(place).filter((key) => key !== '.');
    const key = inner.find((candidate) => leadsTo(candidate, step));
    const next = key === undefined ? undefined : place[key];
    // With `.` alone it is owned that there is such a field, and nothing that is in it.
    if (next === undefined) return Object.keys(place).length === 0 && place !== fields;
    if (!isObject(next)) return true;
    place = next;
  }
  return true;
}

/** `f:replicas` is a field, `k:{"name":"api"}` an item by its keys, `v:"x"` one by its value, `i:0` by its place. */
function leadsTo(key: string, step: string): boolean {
  const item = itemOf(step);
  if (item === undefined) return key === `f:${step}`;
  if (key === `i:${item}`) return true;
  if (!key.startsWith('k:') && !key.startsWith('v:')) return false;
  // Lists may be long, and few of their keys need to be read; one with escapes may look different.
  if (!key.includes(item) && !key.includes('\\')) return false;
  const value = parsed(key.slice(2));
  const values = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  return values.some((named) => String(named) === item);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBetween(instant: string, from: number, to: string): boolean {
  const time = Date.parse(instant);
  return time >= from - skewMilliseconds && time <= Date.parse(to) + skewMilliseconds;
}

/**
 * When a change happened. Its author’s time is believed where it lies between the two looks that the change was found
 * between. Else it happened when it was seen, or, where nobody watched, some time since it was seen last.
 */
export function whenChanged(time: string | undefined, { at, since }: Sighting): When {
  const from = since === undefined ? 0 : Date.parse(since);
  if (time !== undefined && rfc3339.test(time) && isBetween(time, from, at))
    return { timestamp: time, time_precision: 'exact' };
  return { timestamp: at, time_precision: since === undefined ? 'exact' : 'gap' };
}

/** When its author has written a change. */
export function whenWritten(author: Author | undefined, sighting: Sighting): When {
  const time = author?.time;
  const isStale =
    sighting.since === undefined && Date.parse(time ?? '') < Date.parse(sighting.at) - lateMilliseconds;
  return whenChanged(isStale ? undefined : time, sighting);
}

/** The two looks that a change was found between, where its instant is not known. */
export function windowData({ time_precision }: When, { at, since }: Sighting): JsonObject {
  return time_precision === 'gap' && since !== undefined ? { seen_between: { from: since, to: at } } : {};
}

export function actorData(author: Author | undefined): { actor?: string } {
  const actor = author?.actor.trim();
  return actor ? { actor } : {};
}

/** The manager by its own name, where one speaks of it by another. */
export function managerData(author: Author | undefined): { manager?: string } {
  return author === undefined || author.manager === author.actor ? {} : { manager: author.manager };
}

/** When the status was written last. */
export function statusTime(managers: readonly FieldManager[]): string | undefined {
  const [last] = managers.filter(({ fields }) => Object.hasOwn(fields, 'f:status')).sort(laterFirst);
  return last?.time;
}

/** Whether it is the horizontal autoscaler that scales. Small distributions run it within a process of another name. */
export function isAutoscaler({ manager }: Author): boolean {
  return /^(?:kube-controller-manager|horizontal-pod-autoscaler|k3s|kubelite|hyperkube)$|^keda-/.test(
    manager,
  );
}
