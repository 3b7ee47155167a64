import type { Query } from '@painchain/query';
import type { Place } from '../query/walk.js';
import type { PageCursor } from './cursor.js';
import type { LiveState } from './live-state.js';

/** A page that is asked for. `from` is included, `to` is not. */
export interface Page {
  query: Query;
  from: string | undefined;
  to: string | undefined;
  cursor: PageCursor | undefined;
  limit: number;
}

/** Rows in the order of the cursor's direction. */
export interface PageRead<Row> {
  rows: Row[];
  /** Whether there are more in that direction. */
  goesOn: boolean;
  /** Where the time was over: beyond it there may be more. */
  reached?: Place | undefined;
  /** Whether text of older events is still being made searchable, and the page asked for text. */
  isIndexing: boolean;
  live: LiveState;
}
