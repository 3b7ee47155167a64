import type { JsonObject } from '@painchain/connector-sdk';
import type { KubernetesObject, Scope, WatchEvent } from '../cluster/cluster.js';

/** An object as a test gives it: what an API server adds is added. */
export interface GivenObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: JsonObject & { name: string; namespace?: string };
}

interface Happened {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

interface Follower {
  events(): AsyncGenerator<WatchEvent, void, void>;
  stop: (how: 'end' | 'expire' | Error) => void;
  bookmark: () => void;
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return lower.endsWith('s') ? `${lower}es` : `${lower}s`;
}

function keyOf({ kind, metadata }: GivenObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

function isIn({ apiVersion, kind, metadata }: KubernetesObject, { resource, namespace }: Scope): boolean {
  if (resource.groupVersion !== apiVersion || resource.plural !== pluralOf(kind)) return false;
  return namespace === undefined || namespace === metadata.namespace;
}

/** The objects of a cluster, and what has become of them since the last compaction. */
export class World {
  version = 100;
  compacted = 0;
  #history: Happened[] = [];
  #base = new Map<string, KubernetesObject>();
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #wake = new Set<() => void>();
  #made = 0;

  constructor(private readonly now: () => number) {}

  put(given: GivenObject): KubernetesObject {
    const known = this.#objects.get(keyOf(given));
    const object = this.#filled(given, known);
    this.#objects.set(keyOf(given), object);
    this.#happened(known === undefined ? 'ADDED' : 'MODIFIED', object);
    return object;
  }

  remove(given: GivenObject): void {
    const known = this.#objects.get(keyOf(given));
    if (known === undefined) throw new Error(`there is no ${keyOf(given)}`);
    this.#objects.delete(keyOf(given));
    const resourceVersion = String(this.version + 1);
    this.#happened('DELETED', { ...known, metadata: { ...known.metadata, resourceVersion } });
  }

  /** As they are, in the order of their making. */
  objects(): KubernetesObject[] {
    return [...this.#objects.values()];
  }

  compact(): void {
    this.compacted = this.version;
    this.#history = [];
    this.#base = new Map(this.#objects);
  }

  /** As they were at a version that is not compacted. */
  at(version: number, scope: Scope): KubernetesObject[] {
    const objects = new Map(this.#base);
    for (const { type, object } of this.#history.filter((happened) => happened.version <= version)) {
      if (type === 'DELETED') objects.delete(keyOf(object));
      else objects.set(keyOf(object), object);
    }
    return [...objects.values()].filter((object) => isIn(object, scope));
  }

  /** What happens behind a version. */
  follow(scope: Scope, from: number): Follower {
    let at = from;
    const told: ('bookmark' | 'end' | 'expire' | Error)[] = [];
    let wake: () => void = () => undefined;
    const ring = () => wake();
    const tell = (word: (typeof told)[number]) => {
      told.push(word);
      wake();
    };
    const following = { next: () => this.#next(scope, at), last: () => this.version };
    const wakers = this.#wake;
    const expired = () => at < this.compacted;
    async function* events(): AsyncGenerator<WatchEvent, void, void> {
      wakers.add(ring);
      try {
        for (;;) {
          if (expired()) return yield { type: 'EXPIRED' };
          for (let next = following.next(); next !== undefined; next = following.next()) {
            at = next.version;
            yield { type: next.type, object: next.object };
          }
          at = following.last();
          const word = told.shift();
          if (word === 'end') return;
          if (word === 'expire') return yield { type: 'EXPIRED' };
          if (word instanceof Error) throw word;
          if (word === 'bookmark') yield { type: 'BOOKMARK', resourceVersion: String(at) };
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        wakers.delete(ring);
      }
    }
    return { events, stop: tell, bookmark: () => tell('bookmark') };
  }

  #next(scope: Scope, behind: number): Happened | undefined {
    const first = this.#history[0]?.version ?? this.version;
    // One thing happens per version, so its place is known.
    for (let index = Math.max(0, behind + 1 - first); index < this.#history.length; index += 1) {
      const happened = this.#history[index];
      if (happened !== undefined && isIn(happened.object, scope)) return happened;
    }
    return undefined;
  }

  #filled(given: GivenObject, known: KubernetesObject | undefined): KubernetesObject {
    this.#made += known === undefined ? 1 : 0;
    const changed = JSON.stringify(given.spec) !== JSON.stringify(known?.spec);
    const generation = Number(known?.metadata.generation ?? 0) + (changed ? 1 : 0);
    return {
      ...given,
      metadata: {
        uid: known?.metadata.uid ?? `uid-${this.#made}`,
        creationTimestamp: known?.metadata.creationTimestamp ?? new Date(this.now()).toISOString(),
        ...(given.spec !== undefined && { generation }),
        ...given.metadata,
        resourceVersion: String(this.version + 1),
      },
    };
  }

  #happened(type: Happened['type'], object: KubernetesObject): void {
    this.version += 1;
    this.#history.push({ version: this.version, type, object });
    this.#wake.forEach((ring) => ring());
  }
}
