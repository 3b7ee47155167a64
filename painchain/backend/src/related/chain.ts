import { type Capped, limits, type Related, type RelatedEvent, Stage } from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import { type EventRecord, toTimelineRow } from '../event-rows/timeline-row.js';
import { bounds } from './bounds.js';
import type { Cut, Gathered } from './gather.js';
import { reasonsFor } from './reasons.js';
import { stageOfRef, type StageOf } from './stage.js';

type Link = Related['chain'][number];

/** Puts what was gathered in the order of the stations, and says which of them are missing. */
export function toRelated(gathered: Gathered, stageOf: StageOf): Related {
  const { start, events, askedFor } = gathered;
  const reasonsOf = reasonsFor(gathered);
  const all = [...events.values()].sort(byTime).map((record): RelatedEvent => ({
    row: toTimelineRow(record),
    stage: stageOf(record),
    why: reasonsOf(record),
  }));
  const id = encodeId('evt', start.seq);
  const isLink = ({ row, why }: RelatedEvent) => row.id === id || why.some(({ kind }) => kind !== 'actor');
  const links = all.filter((event) => event.stage !== null && isLink(event));
  const chain = Stage.options.map((stage) => ({
    stage,
    refs: [...askedFor.keys()].filter((ref) => stageOfRef(ref) === stage).slice(0, limits.refs),
    events: links.filter((event) => event.stage === stage),
  }));
  return {
    event: id,
    stage: stageOf(start),
    chain: withStates(chain),
    others: all.filter((event) => !links.includes(event) && event.row.id !== id).toReversed(),
    capped: cappedOf(gathered),
  };
}

function byTime(one: EventRecord, other: EventRecord): number {
  if (one.timestamp !== other.timestamp) return one.timestamp < other.timestamp ? -1 : 1;
  return BigInt(one.seq) < BigInt(other.seq) ? -1 : 1;
}

function withStates(chain: readonly Omit<Link, 'state'>[]): Link[] {
  const isSeen = ({ events }: Omit<Link, 'state'>) => events.length > 0;
  const [first, last] = [chain.findIndex(isSeen), chain.findLastIndex(isSeen)];
  return chain.map((link, place) => {
    const isBetween = first !== -1 && place > first && place < last;
    const isMissing = isBetween || link.refs.length > 0;
    return { ...link, state: isSeen(link) ? 'seen' : isMissing ? 'missing' : 'unknown' };
  });
}

const words: Record<Cut, string> = {
  time: 'the time for one answer was over',
  events: `more than ${bounds.events} events hang together, the closest are shown`,
  keys: `more than ${bounds.refs} keys hang together, the closest were looked up`,
  subject: `of the same subject the ${bounds.eventsOfSubject} events nearest in time are shown`,
  actor: `of the same actor's events up to ${bounds.eventsOfActor}, the nearest in time, are shown`,
};

function cappedOf({ cuts, hubs }: Gathered): Capped | null {
  const [hub] = hubs;
  const said = [...cuts].map((cut) => words[cut]);
  if (hub !== undefined) said.push(hubWords(hub, hubs.size - 1));
  if (said.length === 0) return null;
  const remedy = `To see all, search for a key, a subject or an actor itself${hub === undefined ? '' : `, such as ref:${JSON.stringify(hub)}`}.`;
  return {
    reason: cuts.has('time') ? 'time' : 'rows',
    reached: null,
    detail: `Not everything is here: ${said.join('; ')}. ${remedy}`,
  };
}

function hubWords(hub: string, others: number): string {
  const and = others === 0 ? '' : ` and ${others} more ${others === 1 ? 'key is' : 'keys are'} the same`;
  return `${hub} is named by more than ${bounds.eventsOfRef} events within ${bounds.days} days, of which the ${bounds.eventsOfHub} nearest in time are shown${and}`;
}
