import type { TimelineRow } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import { lateArrival } from '../../../components/late-arrival.js';
import { templateOf } from '../../../components/title-template.js';

/** What is worked out of a row once, however often the list is laid out. */
class RowFacts {
  readonly atMs: number;
  readonly isBad: boolean;
  /** In seconds, where it came in late. */
  readonly late: number | undefined;
  #template: string | undefined;

  constructor(private readonly row: TimelineRow) {
    this.atMs = Date.parse(row.timestamp);
    this.late = lateArrival(row);
    this.isBad = row.status !== null && toneOf(row.status) === 'bad';
  }

  get template(): string {
    return (this.#template ??= templateOf(this.row.title));
  }
}

const known = new WeakMap<TimelineRow, RowFacts>();

export function factsOf(row: TimelineRow): RowFacts {
  let facts = known.get(row);
  if (!facts) {
    facts = new RowFacts(row);
    known.set(row, facts);
  }
  return facts;
}
