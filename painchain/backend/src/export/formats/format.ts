import type { TimelineRow } from '@painchain/contract';
import type { LocalClock } from './local-clock.js';

export type Pages<Row> = AsyncIterable<readonly Row[]>;

/** What a file is about. */
export interface Asked {
  /** The query with all of its conditions, as text; empty where all events are asked for. */
  query: string;
  from: string | undefined;
  to: string | undefined;
  /** Added columns, each once. */
  fields: readonly string[];
  /** The moment that offsets are told from. */
  at: string | undefined;
  clock: LocalClock;
  /** When the file is written. */
  now: string;
}

/** A kind of file. It is written in pieces, none larger than what one page of events becomes. */
export interface Format<Row extends TimelineRow> {
  media: string;
  extension: string;
  write(pages: Pages<Row>, asked: Asked): AsyncGenerator<string>;
}
