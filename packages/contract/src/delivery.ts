import { z } from 'zod';
import type { NewEvent } from './event.js';
import { JsonValue } from './json.js';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** The right to write for an integration, as handed out with a lease. A stale epoch is answered with 409. */
export const LeaseProof = z
  .strictObject({ integration_id: z.string().max(64), epoch: z.int().positive() })
  .meta({ id: 'LeaseProof' });
export type LeaseProof = z.infer<typeof LeaseProof>;

/**
 * How far a source has come with this batch. The cursor is stored in the same transaction as the events, and
 * only if the stored version is still `expected_version` (0 before the first), so it never moves back.
 */
export const SourceProgress = z
  .strictObject({
    source: z.string().min(1).max(limits.source),
    project: z.string().min(1).max(limits.project).optional(),
    tags: z.array(z.string().min(1).max(limits.tag)).max(limits.tags).optional(),
    cursor: JsonValue.optional().meta({
      description: 'Opaque to the backend. Absent: only the watermark moves.',
    }),
    expected_version: z.int().nonnegative(),
    watermark: Timestamp.optional().meta({ description: 'Everything up to here has been seen.' }),
  })
  .meta({ id: 'SourceProgress' });
export type SourceProgress = z.infer<typeof SourceProgress>;

/**
 * A batch as a client sends it. The events are validated one by one, so that one poison event doesn't take
 * the others with it; here they are any JSON.
 */
export const EventBatch = z
  .strictObject({
    events: z.array(JsonValue).max(limits.batchEvents),
    lease: LeaseProof.optional(),
    sources: z.array(SourceProgress).max(limits.batchSources).optional(),
  })
  .refine((batch) => !batch.sources?.length || batch.lease, {
    path: ['lease'],
    message: 'moving a cursor needs the lease of its integration',
  })
  .meta({ id: 'EventBatch' });
export type EventBatch = z.infer<typeof EventBatch>;

/** A batch as the SDK builds it: the same, with events that are known to be valid. */
export type TypedEventBatch = Omit<EventBatch, 'events'> & { events: NewEvent[] };

/** Why an event was rejected. Permanent: sending it again changes nothing. */
export const RejectionCode = z.enum([
  'invalid',
  'too_large',
  'unstorable_text',
  'unsafe_number',
  'too_old',
  'in_future',
]);
export type RejectionCode = z.infer<typeof RejectionCode>;

/** What became of one event of a batch. `duplicate` is a success: the fact is already known. */
export const ItemResult = z
  .object({
    status: z.enum(['stored', 'duplicate', 'rejected']),
    event_id: z.string().optional(),
    code: RejectionCode.or(z.literal('content_differs')).optional().meta({
      description:
        'Why it was rejected; or content_differs for a duplicate whose content is not what is stored.',
    }),
    detail: z.string().optional(),
  })
  .meta({ id: 'ItemResult' });
export type ItemResult = z.infer<typeof ItemResult>;

/** The answer to a batch: one result per event in the same order, and the new version of each source. */
export const BatchAnswer = z
  .object({
    results: z.array(ItemResult),
    sources: z.array(z.object({ source: z.string(), version: z.int().nonnegative() })),
  })
  .meta({ id: 'BatchAnswer' });
export type BatchAnswer = z.infer<typeof BatchAnswer>;

/** The answer to a single event: 201 when stored, 200 with `duplicate` when its key is already known. */
export const EventAnswer = z
  .object({
    event_id: z.string(),
    stored_at: Timestamp,
    duplicate: z.boolean().optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'EventAnswer' });
export type EventAnswer = z.infer<typeof EventAnswer>;

/** An item that was refused for good, kept to be looked at and redriven once its cause is mended. */
export const RejectedEvent = z
  .object({
    id: z.string().meta({ description: 'rej_…' }),
    received_at: Timestamp,
    integration_id: z.string().nullable(),
    code: z.string(),
    detail: z.string(),
    event: z
      .string()
      .meta({ description: 'Its JSON as it came, with what cannot be stored escaped; cut when long.' }),
  })
  .meta({ id: 'RejectedEvent' });
export type RejectedEvent = z.infer<typeof RejectedEvent>;

/** Newest first; `next_cursor` null is the end. */
export const RejectedList = z
  .object({ rejected: z.array(RejectedEvent), next_cursor: z.string().nullable() })
  .meta({ id: 'RejectedList' });
export type RejectedList = z.infer<typeof RejectedList>;
