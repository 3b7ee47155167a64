import type { MemoryStore } from '../memory-store.js';
import { type Fact, isCertain, wordsOf } from './ledger.js';

/** An event as the backend has stored it. */
export type Stored = MemoryStore['events'] extends Map<string, infer Event> ? Event : never;

/** Words for an event, as the ledger has them for the fact behind it. */
export type WordsOfEvent = (event: Stored) => string;

/** What came of everything that has happened. */
export interface Verdict {
  /** Facts that were not told, though nobody can have stepped over them. */
  missing: string[];
  /** Events behind which there is no fact, or one that was told before. */
  doubled: string[];
  /** Pushes that were told as forced though they weren't, or the other way round, by whoever has seen them happen. */
  mistaken: string[];
  /** How many were certain to be told. */
  certain: number;
  /** How many of each type were not told because a look may step over them. */
  unseen: Record<string, number>;
}

/** How often each of these words is said. */
function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function more(of: Map<string, number>, than: Map<string, number>): string[] {
  return [...of].flatMap(([word, count]) => {
    const surplus = count - (than.get(word) ?? 0);
    return surplus > 0 ? [surplus === 1 ? word : `${word} (${surplus} times)`] : [];
  });
}

/** A part of a repository or project that one look is for, by the look's name. */
export interface Room {
  source: number;
  room: string;
}

/** When each room was looked at. */
export class Attendance {
  readonly #looks = new Map<string, number[]>();

  /** @param firstKept when the first round began of which a look at a room was kept, in milliseconds since 1970 */
  constructor(private readonly firstKept: (room: Room) => number | undefined) {}

  hear(room: Room, at: number): void {
    this.#looks.set(keyOf(room), [...this.#of(room), at]);
  }

  /** Since when it is known. What never was looked at is no excuse. */
  since(room: Room): number {
    const began = this.firstKept(room) ?? Number.POSITIVE_INFINITY;
    return this.#of(room).find((at) => at >= began) ?? Number.NEGATIVE_INFINITY;
  }

  /** For how long nobody may have looked: a look of a process that was killed upon it doesn't count. */
  blindMs(room: Room): number {
    const looks = this.#of(room);
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? at));
    return 2 * Math.max(...gaps, 0) + 60_000;
  }

  #of(room: Room): readonly number[] {
    return this.#looks.get(keyOf(room)) ?? [];
  }
}

const keyOf = ({ source, room }: Room) => `${source} ${room}`;

/** Who judges, and by what. */
export interface Court {
  attendance: Attendance;
  wordsOfEvent: WordsOfEvent;
  /** Where facts of a type show. */
  roomOf: (type: string) => string;
}

/** Facts that were not told, by their types. */
function untold(facts: readonly Fact[], told: Map<string, number>): Record<string, number> {
  const left = new Map(told);
  const counts: Record<string, number> = {};
  for (const fact of facts) {
    const words = wordsOf(fact);
    const count = left.get(words) ?? 0;
    if (count > 0) left.set(words, count - 1);
    else counts[fact.type] = (counts[fact.type] ?? 0) + 1;
  }
  return counts;
}

function mistaken(facts: readonly Fact[], events: readonly Stored[], wordsOfEvent: WordsOfEvent): string[] {
  const live = events.filter(({ type = '', backfill }) => !backfill && /^(?:force_)?push$/.test(type));
  const told = counted(live.map((event) => `${event.type} ${wordsOfEvent(event)}`));
  return more(told, counted(facts.map((fact) => `${fact.type} ${wordsOf(fact)}`)));
}

/** Holds what was stored of a repository or project against the facts of it. */
export function judge(
  facts: readonly Fact[],
  events: readonly Stored[],
  { attendance, wordsOfEvent, roomOf }: Court,
): Verdict {
  const certain = facts.filter((fact) => {
    const room = { source: fact.source, room: roomOf(fact.type) };
    return isCertain(fact, attendance.since(room), attendance.blindMs(room));
  });
  const told = counted(events.map(wordsOfEvent));
  return {
    missing: more(counted(certain.map(wordsOf)), told),
    doubled: more(told, counted(facts.map(wordsOf))),
    mistaken: mistaken(facts, events, wordsOfEvent),
    certain: certain.length,
    unseen: untold(facts, told),
  };
}

/** The verdicts if all is told once, whatever their number. */
export function allTold(verdicts: Readonly<Record<string, Verdict>>): Record<string, Verdict> {
  return Object.fromEntries(
    Object.entries(verdicts).map(([name, verdict]) => [
      name,
      { ...verdict, missing: [], doubled: [], mistaken: [] },
    ]),
  );
}

/** The value that `share` of all are not above. */
export function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** How long each fact took from when it showed until its event was sent. */
export function latenciesOf(
  facts: readonly Fact[],
  events: readonly Stored[],
  wordsOfEvent: WordsOfEvent,
): { visibleFrom: number; ms: number }[] {
  const sent = new Map(events.map((event) => [wordsOfEvent(event), Date.parse(event.sent_at ?? '')]));
  return facts.flatMap((fact) => {
    const at = sent.get(wordsOf(fact));
    return at === undefined ? [] : [{ visibleFrom: fact.visibleFrom, ms: at - fact.visibleFrom }];
  });
}
