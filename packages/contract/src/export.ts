import { z } from 'zod';
import { columnFields, filters } from './timeline.js';
import { Timestamp } from './timestamp.js';

/**
 * All events of a query as a file, newest first. `csv`: a line an event, with the added `fields` as columns; a text
 * that a spreadsheet would run as a formula is quoted. `ndjson`: an event with its data a line. `markdown`: an
 * incident's timeline, oldest first, with offsets from `at` if it is given.
 *
 * An answer that ends is whole. Where it can't be, the connection breaks, so that no half file passes for a whole one.
 */
export const ExportQuery = z
  .strictObject({
    ...filters,
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    format: z.enum(['csv', 'ndjson', 'markdown']),
    fields: columnFields,
    at: Timestamp.optional(),
    zone: z.string().max(64).default('UTC').meta({
      description: 'IANA time zone in which times are written in Markdown.',
    }),
  })
  .meta({ id: 'ExportQuery' });
export type ExportQuery = z.infer<typeof ExportQuery>;
