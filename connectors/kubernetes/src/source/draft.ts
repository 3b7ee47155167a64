import type { JsonValue } from '@painchain/connector-sdk';
import type { Position } from '../reflector/reflector.js';
import { type Known, isWithin } from '../snapshot/known.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { canonical } from '../translate/digest.js';
import type { Kept } from '../translate/facts.js';

/** A snapshot as it will be once what is being told is stored. Until then the snapshot itself stays as it is. */
export class Draft {
  readonly #objects = new Map<string, Known | null>();
  readonly #uids = new Map<string, string | null>();
  readonly #positions = new Map<string, Position>();
  #fold: JsonValue | undefined;

  constructor(private readonly snapshot: Snapshot) {}

  /** How many objects are known in another way than the snapshot has them. */
  get size(): number {
    return this.#objects.size;
  }

  get fold(): JsonValue {
    return this.#fold === undefined ? this.snapshot.fold : this.#fold;
  }

  set fold(state: JsonValue) {
    this.#fold = state;
  }

  get(uid: string): Known | undefined {
    const known = this.#objects.get(uid);
    return known === undefined ? this.snapshot.get(uid) : (known ?? undefined);
  }

  uidAt(path: string): string | undefined {
    const uid = this.#uids.get(path);
    return uid === undefined ? this.snapshot.uidAt(path) : (uid ?? undefined);
  }

  /** Whether this is exactly what is known. */
  holds(uid: string, kept: Kept): boolean {
    const known = this.#objects.get(uid);
    if (known === undefined) return this.snapshot.holds(uid, kept);
    return known !== null && canonical(known.kept) === canonical(kept);
  }

  set(known: Known): void {
    this.#objects.set(known.uid, known);
    this.#uids.set(known.path, known.uid);
  }

  delete({ uid, path }: Known): void {
    this.#objects.set(uid, null);
    if (this.uidAt(path) === uid) this.#uids.set(path, null);
  }

  position(scope: string): Position | undefined {
    return this.#positions.get(scope) ?? this.snapshot.position(scope);
  }

  reach(scope: string, position: Position): void {
    this.#positions.set(scope, position);
  }

  /** The uids of what is known within a scope. */
  within(scope: string): string[] {
    const uids = new Set<string>();
    for (const [path, uid] of this.snapshot.paths()) if (isWithin(path, scope)) uids.add(uid);
    for (const [uid, known] of this.#objects) {
      if (known === null) uids.delete(uid);
      else if (isWithin(known.path, scope)) uids.add(uid);
    }
    return [...uids];
  }

  /** What was told is stored. */
  commit(): void {
    for (const [uid, known] of this.#objects) {
      if (known === null) this.snapshot.delete(uid);
      else this.snapshot.set(known);
    }
    for (const [scope, position] of this.#positions) this.snapshot.reach(scope, position);
    if (this.#fold !== undefined) this.snapshot.fold = this.#fold;
    this.#objects.clear();
    this.#uids.clear();
    this.#positions.clear();
    this.#fold = undefined;
  }
}
