import type { Scope, WatchEvent } from '../cluster/cluster.js';
import { Freshness } from './freshness.js';
import { Pace } from './pace.js';
import { type Mirror, type Position, type Reflected, scopeName } from './reflector.js';
import { Timely } from './timely.js';

/** A watch that tells nothing for so long is said to live. API servers send bookmarks about as often. */
const silenceMs = 55_000;

type Listed = Position & { version: string };

/** All objects that there are. They are those of one version, whatever happens while the pages come. */
async function* list(scope: Scope, mirror: Mirror): AsyncGenerator<Reflected, Listed, void> {
  const { cluster, signal } = mirror;
  const name = scopeName(scope);
  const heard = cluster.now();
  yield { kind: 'listing', scope: name };
  let version: string | undefined;
  let next: string | undefined;
  do {
    const page = await cluster.list(scope, next, signal);
    // The first page's: should a later one be newer, the watch tells what lies between.
    version ??= page.resourceVersion;
    for (const object of page.objects) yield { kind: 'object', scope: name, object };
    next = page.next;
  } while (next !== undefined);
  yield { kind: 'listed', scope: name, resourceVersion: version, heard };
  return { version, heard };
}

/** What happens behind a position, which moves with it, until the watch ends. An expired version is forgotten. */
async function* follow(
  scope: Scope,
  position: Position,
  mirror: Mirror,
  pace: Pace,
): AsyncGenerator<Reflected, void, void> {
  const { cluster, rhythm, signal } = mirror;
  const name = scopeName(scope);
  const freshness = new Freshness(position.heard, mirror);
  let version = position.version ?? '';
  const events = new Timely(cluster.watch(scope, version, signal), rhythm);
  try {
    for (;;) {
      freshness.asks();
      const next = await events.next(silenceMs);
      signal.throwIfAborted();
      if (next === undefined) {
        freshness.getsNothing();
        yield { kind: 'reached', scope: name, resourceVersion: version, heard: position.heard };
        continue;
      }
      const event = next.done ? undefined : next.value;
      const fresh = freshness.gets(event);
      if (event?.type === 'EXPIRED') {
        position.version = undefined;
        return;
      }
      // A server that ends each watch at once has told nothing by it.
      if (fresh && (event !== undefined || pace.lasts())) position.heard = cluster.now();
      if (event === undefined) return;
      pace.worked();
      version = versionOf(event);
      position.version = version;
      const heard = fresh ? position.heard : undefined;
      if (event.type === 'BOOKMARK')
        yield { kind: 'reached', scope: name, resourceVersion: version, heard: position.heard };
      else if (event.type === 'DELETED') yield { kind: 'deleted', scope: name, object: event.object, heard };
      else yield { kind: 'object', scope: name, object: event.object, heard };
    }
  } finally {
    events.close();
  }
}

function versionOf(event: Exclude<WatchEvent, { type: 'EXPIRED' }>): string {
  return event.type === 'BOOKMARK' ? event.resourceVersion : event.object.metadata.resourceVersion;
}

/** Reflects one scope for ever. @throws what a human should see; it can be gone on with from where it came to */
export async function* reflectScope(
  scope: Scope,
  from: Position | undefined,
  mirror: Mirror,
): AsyncGenerator<Reflected, void, void> {
  const pace = new Pace(mirror.rhythm, mirror.signal);
  let position = from && { ...from };
  for (;;) {
    try {
      if (position?.version === undefined) {
        position = yield* list(scope, mirror);
        pace.worked();
      }
      await pace.begin();
      yield* follow(scope, position, mirror, pace);
      pace.ended();
    } catch (error) {
      mirror.signal.throwIfAborted();
      await pace.failed(error);
    }
  }
}
