import { z } from 'zod';
import { Timestamp } from './timestamp.js';

/**
 * Present where an answer is not the whole one, and says so. `time`: the time for one request was over; `rows`: as
 * many rows as one request may read were read; `values`: there are more different values than one request may tell
 * apart; `indexing`: text of events that were stored by an earlier version is still being made searchable. Everything
 * on this side of `reached` was looked at.
 */
export const Capped = z
  .object({
    reason: z.enum(['time', 'rows', 'values', 'indexing']),
    reached: Timestamp.nullable(),
    detail: z.string().meta({ description: 'For a human reader, with the remedy.' }),
  })
  .meta({ id: 'Capped' });
export type Capped = z.infer<typeof Capped>;
