import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@painchain/connector-sdk';
import type { Position } from '../reflector/reflector.js';
import type { Kept } from '../translate/facts.js';
import { type Known, isWithin } from './known.js';
import { type Packed, isPacked, pack, unpack } from './packed.js';

/** Everything of a snapshot at one instant, to be written or as it was read. */
export interface Content {
  id: string;
  positions: Record<string, Position>;
  fold: JsonValue;
  /** By uid. */
  objects: ReadonlyMap<string, Packed>;
  /** Whose a path is, so that no object has to be unpacked for it. */
  uids: ReadonlyMap<string, string>;
}

/**
 * What is known of all objects of one kind in one cluster, with the positions up to which it is known and what is folded
 * over time: these belong together, since a watch from one position makes no sense behind objects of another. It is
 * changed only after what was told of it is stored.
 */
export class Snapshot {
  /** Names it in the cursor: a cursor makes no sense with the objects of another baseline. */
  readonly id: string;
  readonly #objects: Map<string, Packed>;
  readonly #uids: Map<string, string>;
  readonly #positions: Map<string, Position>;
  #fold: JsonValue;
  #changes = 0;

  constructor(content?: Content) {
    this.id = content?.id ?? randomUUID();
    this.#fold = content?.fold ?? null;
    this.#positions = new Map(Object.entries(content?.positions ?? {}));
    this.#objects = new Map(content?.objects);
    this.#uids = new Map(content?.uids);
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Counts what would be lost without being written. A position that has only moved on would not. */
  get changes(): number {
    return this.#changes;
  }

  get fold(): JsonValue {
    return this.#fold;
  }

  set fold(state: JsonValue) {
    this.#changes += state === this.#fold ? 0 : 1;
    this.#fold = state;
  }

  position(scope: string): Position | undefined {
    return this.#positions.get(scope);
  }

  positions(): Record<string, Position> {
    return Object.fromEntries(this.#positions);
  }

  reach(scope: string, position: Position): void {
    const before = this.#positions.get(scope);
    const turned = (before?.version === undefined) !== (position.version === undefined);
    this.#changes += before === undefined || turned ? 1 : 0;
    this.#positions.set(scope, position);
  }

  /** Forgets what is of no other scope than these. */
  keepScopes(scopes: readonly string[]): void {
    for (const scope of this.#positions.keys()) if (!scopes.includes(scope)) this.#positions.delete(scope);
    for (const [path, uid] of this.#uids)
      if (!scopes.some((scope) => isWithin(path, scope))) this.delete(uid);
  }

  get(uid: string): Known | undefined {
    const packed = this.#objects.get(uid);
    return packed === undefined ? undefined : unpack(uid, packed);
  }

  /** The uid of the object of a path. */
  uidAt(path: string): string | undefined {
    return this.#uids.get(path);
  }

  /** Whether this is exactly what is known. Cheap: by digest. */
  holds(uid: string, kept: Kept): boolean {
    const packed = this.#objects.get(uid);
    return packed !== undefined && isPacked(packed, kept);
  }

  set(known: Known): void {
    this.#objects.set(known.uid, pack(known));
    this.#uids.set(known.path, known.uid);
    this.#changes += 1;
  }

  delete(uid: string): void {
    const known = this.get(uid);
    if (known === undefined) return;
    this.#objects.delete(uid);
    // Its name may have been given to another one meanwhile.
    if (this.#uids.get(known.path) === uid) this.#uids.delete(known.path);
    this.#changes += 1;
  }

  /** Path and uid of all that have a name. */
  paths(): IterableIterator<[string, string]> {
    return this.#uids.entries();
  }

  /** As it is at this instant, whatever becomes of it. */
  content(): Content {
    return {
      id: this.id,
      positions: this.positions(),
      fold: this.#fold,
      objects: new Map(this.#objects),
      uids: new Map(this.#uids),
    };
  }
}
