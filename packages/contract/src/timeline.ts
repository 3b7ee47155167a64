import { z } from 'zod';
import { anyOf } from './any-of.js';
import { Capped } from './capped.js';
import { StoredEvent, TimelineRow } from './event.js';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** What every question about events can be narrowed by. */
export const filters = {
  q: z.string().max(limits.query).optional().meta({
    description: 'A query, such as `status:failure -actor:dependabot "payment api"`.',
  }),
  connector: anyOf(limits.project),
  project: anyOf(limits.project),
  type: anyOf(limits.project),
  status: anyOf(limits.project),
  actor: anyOf(limits.project),
  environment: anyOf(limits.project),
};

/** The filters that a page, its count and the live tail share. */
export const TimelineFilter = z.strictObject(filters);
export type TimelineFilter = z.infer<typeof TimelineFilter>;

/** Columns beside those that every row has: field names of the query language, data.… paths included. */
export const columnFields = anyOf(limits.project)
  .refine((fields) => fields === undefined || fields.length <= limits.columns, {
    error: `must be at most ${limits.columns} fields`,
  })
  .meta({
    description: 'Further columns, as field names of the query language.',
    examples: ['data.replicas.new'],
  });

/**
 * A page of the timeline, newest first by (timestamp, seq). `from` is included, `to` is not. Sorted by anything but
 * the time, it is made from the newest `limits.sortedRows` matching rows of the range, and says so where there are
 * more.
 */
export const TimelineQuery = z
  .strictObject({
    ...filters,
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    cursor: z
      .string()
      .max(limits.cursor)
      .optional()
      .meta({ description: 'next_cursor or prev_cursor of an earlier page, for the same sort.' }),
    limit: z.coerce.number().int().min(1).max(limits.pageRows).default(50),
    fields: columnFields,
    sort: z
      .string()
      .max(limits.project + 1)
      .optional()
      .meta({
        description:
          'A field of the query language, with - in front for descending; of equal ones the newest come first. Default: -timestamp.',
        examples: ['-data.duration_seconds'],
      }),
  })
  .meta({ id: 'TimelineQuery' });
export type TimelineQuery = z.infer<typeof TimelineQuery>;

/** `next_cursor` leads to older rows, `prev_cursor` to newer ones; null is the end. */
export const TimelinePage = z
  .object({
    rows: z.array(TimelineRow),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    live_cursor: z
      .string()
      .meta({ description: 'Where the stream continues this very page without a hole.' }),
    capped: Capped.nullable().meta({
      description:
        'Not null: rows may be missing. In the order of time the cursors lead on to them; in any other order the remedy of detail does.',
    }),
  })
  .meta({ id: 'TimelinePage' });
export type TimelinePage = z.infer<typeof TimelinePage>;

/** The same page with full data. */
export const EventPage = TimelinePage.extend({ rows: z.array(StoredEvent) }).meta({ id: 'EventPage' });
export type EventPage = z.infer<typeof EventPage>;

/** The live tail: `cursor` is a page's live_cursor; on a reconnect Last-Event-ID wins. */
export const StreamQuery = z
  .strictObject({ ...filters, cursor: z.string().max(200).optional(), fields: columnFields })
  .meta({ id: 'StreamQuery' });
export type StreamQuery = z.infer<typeof StreamQuery>;

/**
 * What the live tail sends, as the JSON of `data:` under the SSE event of the same name as `kind`; `id:` is the
 * tail's cursor. `rows` may repeat rows that the page already had: their id tells. `reset`: it can't be
 * continued from that cursor, load the page anew. `lag` comes when something holds the tail back.
 */
export const StreamMessage = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('rows'), rows: z.array(TimelineRow) }),
    z.object({ kind: z.literal('reset'), reason: z.string() }),
    z.object({ kind: z.literal('lag'), lag_seconds: z.number().nonnegative() }),
  ])
  .meta({ id: 'StreamMessage' });
export type StreamMessage = z.infer<typeof StreamMessage>;
