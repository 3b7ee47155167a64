import type { EventRecord } from '../event-rows/timeline-row.js';
import { bounds } from './bounds.js';
import type { Naming, Near, RelatedReader } from './related.repository.js';

/** What held something back. */
export type Cut = 'time' | 'events' | 'keys' | 'subject' | 'actor';

/** An event and all that hangs together with it. */
export interface Gathered {
  start: EventRecord;
  /** By seq: the event itself, then the others as they were found, which is the closest first. */
  events: Map<string, EventRecord>;
  /** The keys that were looked up, in that order, each with the seq of the event that named it first. */
  askedFor: Map<string, string>;
  /** Keys that too many events name to hang anything together. */
  hubs: Set<string>;
  cuts: Set<Cut>;
}

/**
 * Follows keys from event to event, breadth first, then looks for other states of the same subject and for what the
 * same actor did around that time. Stops where `isTimeUp` says so, with what there is by then.
 */
export async function gather(
  reader: RelatedReader,
  start: EventRecord,
  isTimeUp: () => boolean,
): Promise<Gathered> {
  const gathered: Gathered = {
    start,
    events: new Map([[start.seq, start]]),
    askedFor: new Map(),
    hubs: new Set(),
    cuts: new Set(),
  };
  for (const step of [followRefs, addSubject, addActor]) await step(reader, gathered, isTimeUp);
  return gathered;
}

type Step = (reader: RelatedReader, gathered: Gathered, isTimeUp: () => boolean) => Promise<void>;

const followRefs: Step = async (reader, gathered, isTimeUp) => {
  const { start, hubs, cuts } = gathered;
  const followed = new Set([start.seq]);
  let front = [start];
  for (let hop = 0; hop < bounds.hops; hop++) {
    const refs = newRefs(gathered, front);
    if (refs.length === 0) return;
    if (isTimeUp()) return void cuts.add('time');
    const naming = await reader.namingAny(refs, start);
    for (const { ref, is_hub } of naming) if (is_hub) hubs.add(ref);
    await add(reader, gathered, nearestFirst(naming));
    // What a hub alone leads to is shown, but leads nowhere.
    const reached = new Set(naming.filter(({ is_hub }) => !is_hub).map(({ seq }) => seq));
    front = [...gathered.events.values()].filter(({ seq }) => reached.has(seq) && !followed.has(seq));
    for (const { seq } of front) followed.add(seq);
  }
};

const addSubject: Step = async (reader, gathered, isTimeUp) => {
  const { start, cuts } = gathered;
  if (start.subject === null) return;
  if (isTimeUp()) return void cuts.add('time');
  const found = await reader.ofSubject(start.subject, start);
  if (found.length > bounds.eventsOfSubject) cuts.add('subject');
  await add(reader, gathered, found.slice(0, bounds.eventsOfSubject));
};

const addActor: Step = async (reader, gathered, isTimeUp) => {
  const { start, cuts } = gathered;
  if (start.actor === null) return;
  if (isTimeUp()) return void cuts.add('time');
  const { events: found, isCut } = await reader.byActor(start.actor, start);
  if (isCut || found.length > bounds.eventsOfActor) cuts.add('actor');
  await add(reader, gathered, found.slice(0, bounds.eventsOfActor));
};

/** Keys of these events that nobody has looked up yet, as many as there is room for. */
function newRefs({ askedFor, cuts }: Gathered, events: readonly EventRecord[]): string[] {
  const refs: string[] = [];
  for (const { seq, refs: named } of events) {
    for (const ref of named) {
      if (askedFor.has(ref) || isPlace(ref)) continue;
      if (askedFor.size === bounds.refs) {
        cuts.add('keys');
        return refs;
      }
      askedFor.set(ref, seq);
      refs.push(ref);
    }
  }
  return refs;
}

/** An environment says where something changed, not what: all that ever happened there does not hang together. */
function isPlace(ref: string): boolean {
  return ref.startsWith('env:');
}

function nearestFirst(naming: readonly Naming[]): Near[] {
  return naming.toSorted(
    (one, other) => Number(one.is_hub) - Number(other.is_hub) || one.distance - other.distance,
  );
}

/** Adds those of the events that are not there yet, in their order, as many as there is room for. */
async function add(reader: RelatedReader, { events, cuts }: Gathered, near: readonly Near[]): Promise<void> {
  const others = [...new Set(near.map(({ seq }) => seq))].filter((seq) => !events.has(seq));
  // The event itself takes no room.
  const room = bounds.events + 1 - events.size;
  if (others.length > room) cuts.add('events');
  const wanted = others.slice(0, room);
  if (wanted.length === 0) return;
  const records = new Map((await reader.events(wanted)).map((record) => [record.seq, record]));
  for (const seq of wanted) {
    const record = records.get(seq);
    if (record) events.set(seq, record);
  }
}
