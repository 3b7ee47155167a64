import { z } from 'zod';
import { anyOf } from './any-of.js';
import { Capped } from './capped.js';
import { limits } from './limits.js';
import { filters } from './timeline.js';
import { Timestamp } from './timestamp.js';

const range = { from: Timestamp.optional(), to: Timestamp.optional() };

/** The fields that events can be filtered and stacked by without a query. */
export const FilterField = z.enum(['connector', 'project', 'type', 'status', 'actor', 'environment']);
export type FilterField = z.infer<typeof FilterField>;

/**
 * How many events happened when. Without `from` the day before `to`, without `to` until now. The buckets are of a
 * round length in the zone's own clock; the first and the last are cut by the range.
 */
export const HistogramQuery = z
  .strictObject({
    ...filters,
    ...range,
    zone: z
      .string()
      .max(64)
      .default('UTC')
      .meta({
        description: 'IANA time zone whose hours, days and months the buckets follow.',
        examples: ['Asia/Kolkata'],
      }),
    by: FilterField.optional().meta({ description: 'The field whose values each bucket is split by.' }),
    buckets: z.coerce.number().int().min(1).max(limits.buckets).default(100).meta({
      description: 'How many buckets are wanted, about.',
    }),
  })
  .meta({ id: 'HistogramQuery' });
export type HistogramQuery = z.infer<typeof HistogramQuery>;

/**
 * `series` are the most frequent values; what a bucket counts beyond its `values` is all the others. Where the answer
 * is capped, the counts are those of what was looked at, and each bucket says whether it was.
 */
export const Histogram = z
  .object({
    from: Timestamp,
    to: Timestamp,
    zone: z.string(),
    step: z
      .string()
      .meta({ description: 'Length of a bucket as an ISO 8601 duration.', examples: ['PT15M'] }),
    total: z.int().nonnegative(),
    series: z.array(
      z.object({
        value: z.string().nullable().meta({ description: 'null: the events without a value.' }),
        count: z.int().nonnegative(),
      }),
    ),
    buckets: z.array(
      z.object({
        start: Timestamp,
        count: z.int().nonnegative(),
        values: z.array(z.int().nonnegative()).meta({ description: 'In the order of series.' }),
        counted: z.enum(['whole', 'part', 'none']).meta({
          description: 'whole, unless the answer is capped: part is at least this many, none is not known.',
        }),
      }),
    ),
    capped: Capped.nullable(),
  })
  .meta({ id: 'Histogram' });
export type Histogram = z.infer<typeof Histogram>;

/**
 * How often each value of the fields occurs, in the range of a histogram. A condition on a facet's own field is left
 * out of its counts, so that the alternatives to what is chosen can be seen.
 */
export const FacetsQuery = z
  .strictObject({
    ...filters,
    ...range,
    field: anyOf(limits.project).meta({
      description:
        'Field names of the query language, data.… paths included. Absent: the filter fields and tag.',
    }),
    contains: z.string().min(1).max(100).optional().meta({
      description: 'Only values that contain this text, in any case.',
    }),
    limit: z.coerce.number().int().min(1).max(limits.facetValues).default(10),
  })
  .meta({ id: 'FacetsQuery' });
export type FacetsQuery = z.infer<typeof FacetsQuery>;

/**
 * Values of more than 300 characters are not listed; of an array each item counts once per event. Where the answer is
 * capped, `total` and each facet count what was looked at for them, which may reach further than `reached`.
 */
export const Facets = z
  .object({
    from: Timestamp,
    to: Timestamp,
    total: z.int().nonnegative(),
    facets: z.array(
      z.object({
        field: z.string(),
        values: z.array(z.object({ value: z.string(), count: z.int().nonnegative() })),
        others: z.int().nonnegative().meta({ description: 'How many further values there are.' }),
        missing: z.int().nonnegative().meta({ description: 'Events without a value.' }),
      }),
    ),
    capped: Capped.nullable(),
  })
  .meta({ id: 'Facets' });
export type Facets = z.infer<typeof Facets>;

/** Which fields events have: those of every event, and the paths of `data` in a sample of the newest that match. */
export const FieldsQuery = z
  .strictObject({
    ...filters,
    ...range,
    prefix: z.string().max(limits.project).optional(),
    limit: z.coerce.number().int().min(1).max(limits.fields).default(100),
  })
  .meta({ id: 'FieldsQuery' });
export type FieldsQuery = z.infer<typeof FieldsQuery>;

export const Fields = z
  .object({
    fields: z.array(
      z.object({
        field: z.string().meta({ examples: ['data.replicas.new'] }),
        kind: z.enum(['text', 'number', 'boolean', 'time']),
        count: z.int().nonnegative().meta({ description: 'In how many events of the sample.' }),
        examples: z.array(z.string()),
      }),
    ),
    sampled: z.int().nonnegative().meta({ description: 'How many events the sample has.' }),
    capped: Capped.nullable(),
  })
  .meta({ id: 'Fields' });
export type Fields = z.infer<typeof Fields>;
