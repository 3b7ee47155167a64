import type { MemoryStore } from '@painchain/connector-sdk/testing';
import type { Fact, Happening, Ledger } from './ledger.js';

type Stored = MemoryStore['events'] extends Map<string, infer Event> ? Event : never;

/** What came of everything that has happened. */
export interface Verdict {
  /** What had to be told and was not. */
  missing: string[];
  /** Events behind which nothing has happened, or what was told before. */
  stray: string[];
  /** How much was certain to be told. */
  certain: number;
}

const happenings: [RegExp, Happening][] = [
  [/_(created|added)$/, 'created'],
  [/_(deleted|removed)$/, 'deleted'],
];

function happeningOf({ type = '' }: Stored): Happening {
  return happenings.find(([pattern]) => pattern.test(type))?.[1] ?? 'changed';
}

/** A key begins with the uids of its cluster and its object, and the generation where there is one. */
const partsOf = ({ key = '' }: Stored): string[] => key.split(':').map(decodeURIComponent);
const uidOf = (event: Stored): string => partsOf(event)[1] ?? '';

/**
 * When a change was made: without a generation its key holds the instant. What is under way for longer than a few
 * milliseconds, which are seconds here, is otherwise dated as what nobody has seen.
 */
function instantOf(event: Stored): number {
  const instant = partsOf(event).find((part) => /^\d{4}-\d\d-\d\dT/.test(part));
  return Date.parse(instant ?? event.timestamp);
}

const words = ({ path, happening, generation, at }: Fact): string =>
  `${path} ${happening} ${generation ?? ''} ${at}`;

/** Of what is gone nobody says since when: it may be seen later by so much. */
const lateMs = 120_000;

/** How much later than a fact an event says that it was; undefined where it is of something else. */
function lateness(event: Stored, fact: Fact): number | undefined {
  if (happeningOf(event) !== fact.happening) return undefined;
  if (fact.happening !== 'changed') return 0;
  if (fact.generation !== undefined && partsOf(event)[2] !== String(fact.generation)) return undefined;
  const late = instantOf(event) - Date.parse(fact.at);
  return late >= 0 && late <= lateMs ? late : undefined;
}

/** What an event tells: a change by its second, and by its generation where there is one. */
function factOf(event: Stored, facts: readonly Fact[] = []): Fact | undefined {
  const [first] = facts
    .map((fact) => ({ fact, late: lateness(event, fact) ?? Infinity }))
    .filter(({ late }) => late < Infinity)
    .toSorted((a, b) => a.late - b.late);
  return first?.fact;
}

/** Holds what was stored against what has happened. */
export function judge(ledger: Ledger, events: readonly Stored[]): Verdict {
  const facts = new Map<string, Fact[]>();
  for (const fact of ledger.facts) facts.set(fact.uid, [...(facts.get(fact.uid) ?? []), fact]);
  const told = new Set<Fact>();
  const said = new Set<string>();
  const stray = events.filter((event) => {
    const fact = factOf(event, facts.get(uidOf(event)));
    const word = fact && `${event.type} ${fact.uid} ${fact.revision}`;
    if (!fact || word === undefined || said.has(word)) return true;
    said.add(word);
    told.add(fact);
    return false;
  });
  const certain = ledger.certain();
  return {
    missing: certain.filter((fact) => !told.has(fact)).map(words),
    stray: stray.map(({ subject, type, timestamp, key }) => `${subject} ${type} ${timestamp} ${key}`),
    certain: certain.length,
  };
}
