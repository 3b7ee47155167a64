import { SourceError } from '@painchain/connector-sdk';
import type { Cluster, KubernetesObject, ListPage, Resource, Scope, WatchEvent } from '../cluster/cluster.js';
import { type GivenObject, World } from './world.js';

/** One request that has been made. */
interface Asked {
  plural: string;
  namespace: string | undefined;
  /** Of a watch: the version that it begins behind. */
  from?: string;
}

/** What a request gets instead of an answer, so many times. */
interface Refusal {
  error: Error;
  times: number;
}

/** A failure that passes by itself. */
export function outage(): SourceError {
  return new SourceError({ code: 'cluster-down', detail: 'It is down.', remedy: 'Wait.', kind: 'upstream' });
}

/** A missing right. */
export function forbidden(): SourceError {
  return new SourceError({
    code: 'not-permitted',
    detail: 'May not list it.',
    remedy: 'Add the rule.',
    kind: 'configuration',
  });
}

/** A cluster in memory, which lists, watches, expires, ends, fails and hangs when it is told to. */
export class ScriptedCluster implements Cluster {
  readonly world = new World(() => this.now());
  readonly lists: Asked[] = [];
  readonly watches: Asked[] = [];
  pageSize = 500;
  /** Each watch ends as soon as it is opened. */
  slamming = false;
  /** Kinds that it doesn't serve, as `apps/v1/deployments`. */
  readonly unserved = new Set<string>();
  /** Calls back before each page of a list is given. */
  beforePage: ((page: number) => void) | undefined;
  #listRefusal: Refusal | undefined;
  #watchRefusal: Refusal | undefined;
  #open = new Set<{ stop: (how: 'end' | 'expire' | Error) => void; bookmark: () => void }>();

  constructor(
    readonly name = 'prod',
    private readonly clock: () => number = () => Date.now(),
    private readonly id = '00000000-aaaa-4bbb-8ccc-000000000001',
  ) {}

  now(): number {
    return this.clock();
  }

  uid(): Promise<string> {
    return Promise.resolve(this.id);
  }

  find(candidates: readonly Resource[]): Promise<Resource | undefined> {
    return Promise.resolve(
      candidates.find(({ groupVersion, plural }) => !this.unserved.has(`${groupVersion}/${plural}`)),
    );
  }

  /** Creates an object or changes it; versions, uids and generations are counted as an API server does. */
  put(object: GivenObject): KubernetesObject {
    return this.world.put(object);
  }

  remove(object: GivenObject): void {
    this.world.remove(object);
  }

  /** Forgets what has happened so far: a watch from there is expired, and so is a list that has begun. */
  compact(): void {
    this.world.compact();
  }

  refuseLists(error: Error, times = Infinity): void {
    this.#listRefusal = { error, times };
  }

  refuseWatches(error: Error, times = Infinity): void {
    this.#watchRefusal = { error, times };
  }

  permit(): void {
    this.#listRefusal = undefined;
    this.#watchRefusal = undefined;
  }

  /** What becomes of all watches that are open: they end as they should, tell of a 410, or break. */
  stopWatches(how: 'end' | 'expire' | Error): void {
    for (const watch of this.#open) watch.stop(how);
  }

  /** Tells all watches how far they have come. */
  bookmark(): void {
    for (const watch of this.#open) watch.bookmark();
  }

  get openWatches(): number {
    return this.#open.size;
  }

  async list(scope: Scope, next: string | undefined, signal: AbortSignal): Promise<ListPage> {
    signal.throwIfAborted();
    this.lists.push({ plural: scope.resource.plural, namespace: scope.namespace });
    refuse(this.#listRefusal);
    const [version, begin] = (next ?? `${this.world.version}:0`).split(':').map(Number) as [number, number];
    this.beforePage?.(begin / this.pageSize);
    if (version < this.world.compacted) throw listExpired();
    const all = this.world.at(version, scope);
    const end = begin + this.pageSize;
    await Promise.resolve();
    return {
      objects: all.slice(begin, end),
      resourceVersion: String(version),
      next: end < all.length ? `${version}:${end}` : undefined,
    };
  }

  async *watch(scope: Scope, resourceVersion: string, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    signal.throwIfAborted();
    this.watches.push({
      plural: scope.resource.plural,
      namespace: scope.namespace,
      from: resourceVersion,
    });
    refuse(this.#watchRefusal);
    if (this.slamming) return;
    const stream = this.world.follow(scope, Number(resourceVersion));
    const handle = { stop: stream.stop, bookmark: stream.bookmark };
    const abort = () => stream.stop(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    this.#open.add(handle);
    try {
      yield* stream.events();
    } finally {
      signal.removeEventListener('abort', abort);
      this.#open.delete(handle);
    }
  }
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal === undefined || refusal.times <= 0) return;
  refusal.times -= 1;
  throw refusal.error;
}

function listExpired(): SourceError {
  return new SourceError({
    code: 'list-expired',
    detail: 'Too old.',
    remedy: 'Begin anew.',
    kind: 'upstream',
  });
}
