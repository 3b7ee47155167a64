import type { Relation } from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import type { EventRecord } from '../event-rows/timeline-row.js';
import { bounds } from './bounds.js';
import type { Gathered } from './gather.js';

/** Why each event is there, the strongest reason first: keys, those of the event itself before others, then the rest. */
export function reasonsFor({ start, events, askedFor }: Gathered): (record: EventRecord) => Relation[] {
  const closeness = new Map([...events.keys()].map((seq, place) => [seq, place]));
  const placeOf = (ref: string) => closeness.get(askedFor.get(ref) ?? '') ?? Infinity;
  return (record) => {
    if (record.seq === start.seq) return [];
    const reasons = record.refs
      .filter((ref) => askedFor.has(ref) && askedFor.get(ref) !== record.seq)
      .sort((one, other) => placeOf(one) - placeOf(other))
      .map((ref): Relation => ({ kind: 'ref', ref, from: encodeId('evt', askedFor.get(ref) ?? '') }));
    return [...reasons.slice(0, bounds.reasons), ...ofSubject(record, start), ...ofActor(record, start)];
  };
}

function ofSubject({ subject }: EventRecord, start: EventRecord): Relation[] {
  return subject !== null && subject === start.subject ? [{ kind: 'subject', subject }] : [];
}

function ofActor({ actor, timestamp }: EventRecord, start: EventRecord): Relation[] {
  if (actor === null || actor !== start.actor) return [];
  const seconds = (Date.parse(timestamp) - Date.parse(start.timestamp)) / 1_000;
  return Math.abs(seconds) <= bounds.actorSeconds ? [{ kind: 'actor', actor, seconds }] : [];
}
