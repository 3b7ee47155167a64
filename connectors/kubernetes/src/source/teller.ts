import type { Collect, JsonValue, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../cluster/cluster.js';
import type { Kind } from '../kinds/kind.js';
import type { Reflected } from '../reflector/reflector.js';
import type { Known } from '../snapshot/known.js';
import type { ClusterFacts, Kept, Sighting, Step } from '../translate/facts.js';
import { noiseOfWrite } from '../translate/noise-of-write.js';
import type { Draft } from './draft.js';
import { managersOf } from './managers.js';

/** What is told of, and by what. */
export interface Telling {
  kind: Kind;
  facts: ClusterFacts;
  draft: Draft;
  run: Pick<Collect, 'take' | 'log'>;
  /** By the server's clock. */
  now(): number;
  /** Whether objects of this namespace are told of; undefined is that of what has none. */
  watches(namespace: string | undefined): boolean;
  /** The environment of a namespace, where it is told by that. */
  environmentOf?: ((namespace: string | undefined) => string | undefined) | undefined;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function pathOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * Turns what is reflected into steps of objects, and these into events. What it then knows stands in the draft. What is
 * there when a scope is listed for the first time is no news.
 */
export class Teller {
  /** By scope, what a list that has begun has shown. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(private readonly telling: Telling) {}

  /** The events of one reflected thing, step by step. */
  *tell(reflected: Reflected): Generator<SourceEvent[], void, void> {
    const { scope } = reflected;
    if (reflected.kind === 'listing') this.#begin(scope);
    else if (reflected.kind === 'listed') yield* this.#end(scope, reflected);
    else if (reflected.kind === 'reached') this.#reach(scope, reflected.resourceVersion, reflected.heard);
    else {
      const { object, heard } = reflected;
      const sighting = this.#sighting(scope, heard);
      if (reflected.kind === 'object') yield* this.#found(scope, object, sighting);
      else yield* this.#gone(object.metadata.uid, object, sighting);
      if (!this.#seen.has(scope)) this.#reach(scope, object.metadata.resourceVersion, heard);
    }
  }

  #begin(scope: string): void {
    const { draft } = this.telling;
    this.#seen.set(scope, new Set());
    const position = draft.position(scope);
    // Objects of the list are newer than the version that was reached: no watch may go on from there.
    if (position !== undefined) draft.reach(scope, { heard: position.heard });
  }

  *#end(scope: string, { resourceVersion, heard }: { resourceVersion: string; heard: number }) {
    const { draft } = this.telling;
    const seen = this.#seen.get(scope);
    const quiet = this.#isQuiet(scope);
    const sighting = this.#sighting(scope, undefined);
    for (const uid of draft.within(scope)) {
      if (seen?.has(uid)) continue;
      if (quiet) this.#forget(draft.get(uid));
      else yield* this.#gone(uid, undefined, sighting);
    }
    this.#seen.delete(scope);
    draft.reach(scope, { version: resourceVersion, heard });
  }

  *#found(scope: string, object: KubernetesObject, sighting: Sighting) {
    const { draft, watches } = this.telling;
    const { uid, namespace } = object.metadata;
    if (!watches(namespace)) return;
    this.#seen.get(scope)?.add(uid);
    const path = pathOf(object);
    const before = draft.get(uid);
    const read = this.#keep(object, before?.kept);
    // What is known of it stays, to be compared with once it can be read again.
    if (read === undefined) return;
    const { kept } = read;
    if (kept === undefined) return this.#forget(before);
    const known = { uid, path, kept };
    if (this.#isQuiet(scope)) return draft.set(known);
    const namesake = draft.uidAt(path);
    if (namesake !== undefined && namesake !== uid) yield* this.#gone(namesake, undefined, sighting);
    if (before !== undefined && draft.holds(uid, kept)) return this.#nothingNew(scope, object);
    draft.set(known);
    const managers = managersOf(object);
    yield this.#step(path, { before: before?.kept ?? null, after: kept, managers }, sighting);
  }

  /** An object's end. Its last state, where it is told, says no more than who has written to it. */
  *#gone(uid: string, object: KubernetesObject | undefined, sighting: Sighting) {
    const { draft } = this.telling;
    const before = draft.get(uid);
    if (before === undefined) return;
    draft.delete(before);
    const managers = object === undefined ? [] : managersOf(object);
    yield this.#step(before.path, { before: before.kept, after: null, managers }, sighting);
  }

  #step(path: string, step: Step, sighting: Sighting): SourceEvent[] {
    const { kind, draft, run } = this.telling;
    const facts = this.#factsOf(path);
    const translation = this.#attempt(() => kind.translate(step, facts, sighting));
    const events = run.take(translation ?? this.#unsupported());
    if (kind.fold === undefined) return events;
    const { fold } = kind;
    const folded = this.#attempt(() => fold.add(draft.fold, step, events, sighting));
    if (folded === undefined) return events;
    draft.fold = folded.state as JsonValue;
    return [...folded.events];
  }

  #factsOf(path: string): ClusterFacts {
    const { facts, environmentOf } = this.telling;
    if (environmentOf === undefined) return facts;
    return { ...facts, environment: environmentOf(path.includes('/') ? path.split('/')[0] : undefined) };
  }

  /** What is to be told by now of what is folded over time. */
  due(heard: number): readonly SourceEvent[] {
    const { kind, draft } = this.telling;
    const { fold } = kind;
    const folded = fold && this.#attempt(() => fold.due(draft.fold, instant(heard)));
    if (folded === undefined) return [];
    draft.fold = folded.state as JsonValue;
    return folded.events;
  }

  /** What is kept of an object; undefined when that can't be told. */
  #keep(object: KubernetesObject, before: Kept | undefined): { kept: Kept | undefined } | undefined {
    const read = this.#attempt(() => ({ kept: this.telling.kind.keep(object, before) }));
    if (read === undefined) this.telling.run.take(this.#unsupported());
    return read;
  }

  /** An object that nobody has foreseen must not keep all others from being told. */
  #attempt<Made>(make: () => Made): Made | undefined {
    try {
      return make();
    } catch (error) {
      const { kind, run } = this.telling;
      run.log.error({ err: error }, `a ${kind.name} can't be read`);
      return undefined;
    }
  }

  #unsupported(): Translation {
    return { kind: 'unsupported', what: this.telling.kind.name };
  }

  #nothingNew(scope: string, object: KubernetesObject): void {
    if (this.#seen.has(scope)) return;
    this.telling.run.take({ kind: 'ignored', reason: noiseOfWrite(managersOf(object)) });
  }

  #forget(known: Known | undefined): void {
    if (known !== undefined) this.telling.draft.delete(known);
  }

  #isQuiet(scope: string): boolean {
    return this.telling.draft.position(scope) === undefined;
  }

  #reach(scope: string, version: string, heard: number | undefined): void {
    const { draft } = this.telling;
    const before = draft.position(scope);
    if (before !== undefined) draft.reach(scope, { version, heard: heard ?? before.heard });
  }

  #sighting(scope: string, heard: number | undefined): Sighting {
    // What has come may have waited for what came before it to be stored.
    if (heard !== undefined) return { at: instant(heard) };
    const now = this.telling.now();
    const before = this.telling.draft.position(scope);
    if (before === undefined) return { at: instant(now) };
    // A clock that has just been set right may be behind what it said.
    return { at: instant(now), since: instant(Math.min(before.heard, now)) };
  }
}
