import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../../cluster/cluster.js';
import { type Manager, manage } from './managed-fields.js';
import { type ServedKind, builtInKinds, definedKinds } from './served-kinds.js';

/** One write, as watches tell it. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  revision: number;
  kind: ServedKind;
  object: KubernetesObject;
  /** What it was before. */
  before: KubernetesObject | undefined;
}

/** An object as someone writes it: what the server fills in may be missing. */
export interface Written extends JsonObject {
  kind: string;
  metadata: JsonObject & { name: string; namespace?: string };
}

/** A write that the server refuses. */
export class ConflictError extends Error {}

/** RFC 3339 without fractions, as the API has it. */
const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** What a server holds: objects, one counter for all of them, and what has happened up to a horizon. */
export class Store {
  #revision = 1_000;
  #horizon = 1_000;
  #history: Change[] = [];
  #made = 0;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly now: () => number = Date.now,
    readonly kinds: readonly ServedKind[] = [...builtInKinds, ...definedKinds],
    /** Two clusters of other names share no uid. */
    private readonly name = 'cluster',
  ) {
    for (const name of ['default', 'kube-system']) this.create({ kind: 'Namespace', metadata: { name } });
  }

  /** The version of the last write. */
  get revision(): number {
    return this.#revision;
  }

  /** Versions below it are forgotten. */
  get horizon(): number {
    return this.#horizon;
  }

  get size(): number {
    return this.#objects.size;
  }

  kindOf(name: string): ServedKind {
    const found = this.kinds.find(({ kind }) => kind === name);
    if (!found) throw new Error(`no ${name} is served here`);
    return found;
  }

  get(kind: ServedKind, namespace: string | undefined, name: string): KubernetesObject | undefined {
    return this.#objects.get(pathOf(kind, namespace, name));
  }

  /** In the order of their keys, as etcd has them. */
  list(kind: ServedKind, namespace?: string): KubernetesObject[] {
    const prefix = pathOf(kind, namespace, '');
    const found = [...this.#objects].filter(([path]) => path.startsWith(prefix));
    return found.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** What has happened behind a version; undefined when that is forgotten. */
  since(revision: number): readonly Change[] | undefined {
    if (revision < this.#horizon) return undefined;
    return this.#history.slice(firstBehind(this.#history, revision));
  }

  create(written: Written, by: Manager = { manager: 'kubectl-create' }): KubernetesObject {
    const kind = this.kindOf(written.kind);
    const path = this.#pathOf(kind, written);
    if (this.#objects.has(path)) throw new ConflictError(`${path} already exists`);
    const metadata = {
      ...written.metadata,
      ...(kind.namespaced ? { namespace: namespaceOf(written) } : {}),
      uid: this.#uid(),
      creationTimestamp: instant(this.now()),
      ...(kind.generation ? { generation: 1 } : {}),
    };
    return this.#write('ADDED', kind, { ...written, metadata }, undefined, by);
  }

  /**
   * Puts an object in the place of the one that has its name. One that changes nothing is no write, as on a real server.
   * Its generation counts what is changed outside of its metadata and its status.
   */
  update(written: Written, by: Manager = { manager: 'kubectl-edit' }): KubernetesObject {
    const kind = this.kindOf(written.kind);
    const before = this.#objects.get(this.#pathOf(kind, written));
    if (!before) throw new ConflictError(`${this.#pathOf(kind, written)} not found`);
    const { namespace, uid, creationTimestamp, generation, managedFields, resourceVersion } = before.metadata;
    const own = { namespace, uid, creationTimestamp, generation, managedFields, resourceVersion };
    const metadata: JsonObject = { ...written.metadata };
    for (const [key, value] of Object.entries(own)) if (value !== undefined) metadata[key] = value;
    const after: JsonObject = { ...written, apiVersion: kind.groupVersion, metadata };
    if (isDeepStrictEqual(after, before)) return before;
    if (kind.generation && !isDeepStrictEqual(specOf(before), specOf(after)))
      metadata.generation = Number(generation) + 1;
    return this.#write('MODIFIED', kind, after, before, by);
  }

  /** Its whole namespace goes with a namespace. */
  delete(kindName: string, name: string, namespace?: string): KubernetesObject {
    const kind = this.kindOf(kindName);
    const path = pathOf(kind, kind.namespaced ? (namespace ?? 'default') : undefined, name);
    const before = this.#objects.get(path);
    if (!before) throw new ConflictError(`${path} not found`);
    if (kindName === 'Namespace') this.#empty(name);
    this.#objects.delete(path);
    this.#revision += 1;
    const metadata = { ...before.metadata, resourceVersion: String(this.#revision) };
    const object = { ...before, metadata };
    this.#happened({ type: 'DELETED', revision: this.#revision, kind, object, before });
    return object;
  }

  /** Forgets what has happened up to a version. What is now stays. */
  compact(revision: number = this.#revision): void {
    this.#horizon = Math.max(this.#horizon, revision);
    this.#history = this.#history.slice(firstBehind(this.#history, this.#horizon));
  }

  /** Hears of each write. Gives the way to hear no more. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #empty(namespace: string): void {
    const inside = [...this.#objects.values()].filter(({ metadata }) => metadata.namespace === namespace);
    for (const { kind, metadata } of inside) this.delete(kind, metadata.name, namespace);
  }

  #pathOf(kind: ServedKind, written: Written): string {
    return pathOf(kind, kind.namespaced ? namespaceOf(written) : undefined, written.metadata.name);
  }

  #write(
    type: 'ADDED' | 'MODIFIED',
    kind: ServedKind,
    written: JsonObject,
    before: KubernetesObject | undefined,
    by: Manager,
  ): KubernetesObject {
    this.#revision += 1;
    const object = { ...written, apiVersion: kind.groupVersion, kind: kind.kind } as KubernetesObject;
    object.metadata = {
      ...object.metadata,
      managedFields: manage(before, object, by, instant(this.now())),
      resourceVersion: String(this.#revision),
    };
    this.#objects.set(pathOf(kind, object.metadata.namespace, object.metadata.name), object);
    this.#happened({ type, revision: this.#revision, kind, object, before });
    return object;
  }

  #happened(change: Change): void {
    this.#history.push(change);
    for (const listener of this.#listeners) listener();
  }

  #uid(): string {
    const hex = createHash('sha256').update(`${this.name} ${++this.#made}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }
}

function pathOf(
  { groupVersion, plural, namespaced }: ServedKind,
  namespace: string | undefined,
  name: string,
) {
  const place = namespaced ? (namespace === undefined ? '' : `${namespace}/`) : '';
  return `${groupVersion}/${plural}/${place}${name}`;
}

const namespaceOf = ({ metadata }: Written): string => metadata.namespace ?? 'default';

/** What the generation counts. */
function specOf(object: JsonObject): JsonObject {
  const { metadata: _, status: __, ...rest } = object;
  return rest;
}

/** Where in a history the first change behind a version stands. */
function firstBehind(history: readonly Change[], revision: number): number {
  let [low, high] = [0, history.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.revision ?? 0) <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}
