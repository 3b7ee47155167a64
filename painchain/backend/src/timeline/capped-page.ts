import type { Capped } from '@painchain/contract';
import { cappedByIndexing } from '../query/indexing.js';
import type { PageRead } from './page.js';

/** Why a page may not be the whole one, in words, and what can be done about it: `cursor` goes on. */
export function cappedOf(
  { reached, isIndexing }: Pick<PageRead<unknown>, 'reached' | 'isIndexing'>,
  cursor: 'next_cursor' | 'prev_cursor',
): Capped | null {
  if (reached) {
    const detail = `There was time to look up to ${reached.timestamp}. Go on from there with ${cursor}, or narrow the time range or the query.`;
    return { reason: 'time', reached: reached.timestamp, detail };
  }
  return isIndexing ? cappedByIndexing : null;
}
