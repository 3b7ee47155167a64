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
  /** How many were certain to be told. */
  certain: number;
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

/** When each repository or project was looked at for what shows as a difference only. */
export class Attendance {
  readonly #looks = new Map<number, number[]>();

  hear(source: number, at: number): void {
    this.#looks.set(source, [...(this.#looks.get(source) ?? []), at]);
  }

  /** When it was looked at for the first time. */
  since(source: number): number {
    return this.#looks.get(source)?.[0] ?? Number.POSITIVE_INFINITY;
  }

  /** The times between two looks. */
  gaps(source: number): number[] {
    const looks = this.#looks.get(source) ?? [];
    return looks.slice(1).map((at, index) => at - (looks[index] ?? at));
  }

  /** For how long nobody may have looked: a look of a process that was killed upon it doesn't count. */
  blindMs(source: number): number {
    return 2 * Math.max(...this.gaps(source), 0) + 60_000;
  }
}

/** Holds what was stored of a repository or project against what has happened in it. */
export function judge(
  source: number,
  all: readonly Fact[],
  events: readonly Stored[],
  attendance: Attendance,
  wordsOfEvent: WordsOfEvent,
): Verdict {
  const facts = all.filter((fact) => fact.source === source);
  const [since, blindMs] = [attendance.since(source), attendance.blindMs(source)];
  const certain = facts.filter((fact) => isCertain(fact, since, blindMs));
  const told = counted(events.map(wordsOfEvent));
  return {
    missing: more(counted(certain.map(wordsOf)), told),
    doubled: more(told, counted(facts.map(wordsOf))),
    certain: certain.length,
  };
}

/** The verdicts if all is told once, whatever their number. */
export function allTold(verdicts: Readonly<Record<string, Verdict>>): Record<string, Verdict> {
  return Object.fromEntries(
    Object.entries(verdicts).map(([name, { certain }]) => [name, { missing: [], doubled: [], certain }]),
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
