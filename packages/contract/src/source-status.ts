import { z } from 'zod';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** Something that went wrong, and what a human can do about it. Never contains a secret. */
export const Trouble = z
  .object({
    code: z.string().max(100),
    detail: z.string().max(2_000),
    remedy: z.string().max(2_000),
    since: Timestamp,
  })
  .meta({ id: 'Trouble' });
export type Trouble = z.infer<typeof Trouble>;

/** A stretch of time in which a source was seen in some quality, and why. */
export const CoverageInterval = z
  .object({
    from: Timestamp,
    to: Timestamp,
    kind: z.enum(['complete', 'late', 'blind', 'reconstructed']),
    reason: z.string().max(500).optional(),
  })
  .meta({ id: 'CoverageInterval' });
export type CoverageInterval = z.infer<typeof CoverageInterval>;

/** How one source of an integration is doing, as its connector reports it with every heartbeat. */
export const SourceStatus = z
  .object({
    source: z.string().min(1).max(limits.source),
    project: z.string().max(limits.project).nullable(),
    state: z.enum(['starting', 'healthy', 'late', 'failing', 'action_required']),
    watermark: Timestamp.nullable().meta({ description: 'Everything up to here has been seen.' }),
    last_sync: Timestamp.nullable(),
    next_sync: Timestamp.nullable(),
    lag_seconds: z.number().nonnegative().nullable(),
    rate_limit: z
      .object({ limit: z.number(), remaining: z.number(), resets_at: Timestamp })
      .nullable()
      .default(null),
    progress: z
      .object({ done: z.number(), total: z.number().nullable(), unit: z.string().max(50) })
      .nullable()
      .default(null),
    trouble: Trouble.nullable(),
    intervals: z.array(CoverageInterval).max(50).default([]),
  })
  .meta({ id: 'SourceStatus' });
export type SourceStatus = z.infer<typeof SourceStatus>;
