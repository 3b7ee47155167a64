import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../../cluster/cluster.js';
import type { Change, Store } from '../fake-api-server/index.js';

export type Happening = 'created' | 'changed' | 'deleted';

/** Something that has happened to an object and has to be told, or may be. */
export interface Fact {
  uid: string;
  /** Where it is, for whoever reads a verdict. */
  path: string;
  happening: Happening;
  revision: number;
  /** To the second, as managedFields have it. */
  at: string;
  generation: number | undefined;
  /** False of what may be told or not: labels. */
  must: boolean;
  /** What it was and what it is, in short. */
  from: string;
  to: string;
}

/** What an object is, without what the server and its controllers note on it. */
function contentOf(object: KubernetesObject): JsonObject {
  const { metadata: _, status: __, ...content } = object;
  return content;
}

const digestOf = (object: KubernetesObject | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify(object ? contentOf(object) : null))
    .digest('base64');

/** What controllers and tools note on an object for themselves. */
const notes = new Set([
  'control-plane.alpha.kubernetes.io/leader',
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
]);

const labelsOf = ({ metadata: { labels = {}, annotations = {} } }: KubernetesObject): JsonObject => {
  const own = Object.entries(annotations as JsonObject).filter(([name]) => !notes.has(name));
  return { labels, annotations: Object.fromEntries(own) };
};

/** Writes down what happens in a store, knowing nothing of how it is told. */
export class Ledger {
  readonly facts: Fact[] = [];
  /** Between these versions nobody could watch every step: what was and what is has to be told. */
  readonly blind: { from: number; to: number }[] = [];
  #read: number;

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    this.#read = store.revision;
    store.listen(() => this.#readOn());
  }

  #readOn(): void {
    for (const change of this.store.since(this.#read) ?? []) this.#write(change);
    this.#read = this.store.revision;
  }

  #write({ type, revision, object, before }: Change): void {
    const { uid, name, namespace = '', generation } = object.metadata;
    const fact = (happening: Happening, must: boolean) =>
      this.facts.push({
        uid,
        path: `${object.kind} ${namespace}/${name}`,
        happening,
        revision,
        at: new Date(Math.floor(this.now() / 1_000) * 1_000).toISOString(),
        generation: generation as number | undefined,
        must,
        from: digestOf(before),
        to: digestOf(object),
      });
    if (type === 'ADDED') fact('created', true);
    else if (type === 'DELETED') fact('deleted', true);
    else if (before && !isDeepStrictEqual(contentOf(before), contentOf(object))) fact('changed', true);
    else if (before && !isDeepStrictEqual(labelsOf(before), labelsOf(object))) fact('changed', false);
  }

  /** The facts that must be told: of a blind interval only what differs between its ends. */
  certain(): Fact[] {
    const excused = new Set(this.blind.flatMap((interval) => this.#excused(interval)));
    return this.facts.filter((fact) => fact.must && !excused.has(fact));
  }

  #excused({ from, to }: { from: number; to: number }): Fact[] {
    const inside = this.facts.filter(({ revision }) => revision > from && revision <= to);
    const uids = new Set(inside.map(({ uid }) => uid));
    return [...uids].flatMap((uid) => excusedOf(inside.filter((fact) => fact.uid === uid)));
  }
}

/** Of one object's facts within a blind interval those that can't be seen from its ends. */
function excusedOf(facts: readonly Fact[]): Fact[] {
  const [first, last] = [facts[0], facts.at(-1)];
  const [isNew, isGone] = [first?.happening === 'created', last?.happening === 'deleted'];
  if (isNew && isGone) return [...facts];
  if (isGone) return facts.slice(0, -1);
  if (isNew) return facts.slice(1);
  // There and back again looks like nothing, and whoever has set labels last may be who is named.
  return first?.from === last?.to || !last?.must ? [...facts] : facts.slice(0, -1);
}
