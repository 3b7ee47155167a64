import { z } from 'zod';
import { anyOf } from './any-of.js';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** In what quality a stretch of time was seen. */
export const CoverageKind = z
  .enum(['complete', 'pending', 'late', 'blind', 'reconstructed', 'not_connected'])
  .meta({
    id: 'CoverageKind',
    description:
      'complete: all that happened is here. pending: the next look is not due yet. late: behind its schedule, or seen completely only long after. blind: something may have happened that nobody will tell. reconstructed: made out afterwards, so short-lived states may be missing. not_connected: nobody looked yet.',
  });
export type CoverageKind = z.infer<typeof CoverageKind>;

/** A stretch of the window in one quality, and why it is no better. */
export const CoverageStretch = z
  .object({ from: Timestamp, to: Timestamp, kind: CoverageKind, reason: z.string().optional() })
  .meta({ id: 'CoverageStretch' });
export type CoverageStretch = z.infer<typeof CoverageStretch>;

/**
 * What the window as a whole comes to: the worst that is true of any part of it, which is blind, then not_connected, then
 * late. What was late and is here by now is complete; what was reconstructed is not_connected where it lies before the
 * first look, and late behind it.
 */
export const CoverageVerdict = z.enum(['complete', 'late', 'blind', 'not_connected']);
export type CoverageVerdict = z.infer<typeof CoverageVerdict>;

const seen = {
  verdict: CoverageVerdict,
  complete_until: Timestamp.nullable().meta({
    description:
      'From the beginning of the window up to here nothing is missing; null when not even its beginning was seen.',
  }),
};

/** How many sources come to which verdict. */
export const SourceCounts = z
  .object({
    total: z.int().nonnegative(),
    complete: z.int().nonnegative(),
    late: z.int().nonnegative(),
    blind: z.int().nonnegative(),
    not_connected: z.int().nonnegative(),
  })
  .meta({ id: 'SourceCounts' });
export type SourceCounts = z.infer<typeof SourceCounts>;

/** How completely one integration saw the window. In `stretches` each moment is as good as its worst source saw it. */
export const IntegrationCoverage = z
  .object({
    integration_id: z.string(),
    name: z.string(),
    type: z.string(),
    ...seen,
    sources: SourceCounts,
    stretches: z.array(CoverageStretch),
  })
  .meta({ id: 'IntegrationCoverage' });
export type IntegrationCoverage = z.infer<typeof IntegrationCoverage>;

/** How completely one source saw the window. */
export const SourceCoverage = z
  .object({
    integration_id: z.string(),
    source: z.string(),
    project: z.string().nullable(),
    ...seen,
    stretches: z.array(CoverageStretch),
  })
  .meta({ id: 'SourceCoverage' });
export type SourceCoverage = z.infer<typeof SourceCoverage>;

/**
 * Who saw what completely in a window, so that "nothing changed" can be proved. The window ends now at the latest:
 * what lies in the future nobody can have seen.
 */
export const Coverage = z
  .object({
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
    ...seen,
    sources: SourceCounts,
    stretches: z.array(CoverageStretch).meta({
      description: 'Of all integrations together: each moment is as good as the worst of them saw it.',
    }),
    integrations: z.array(IntegrationCoverage).meta({ description: 'By name.' }),
    gaps: z.array(SourceCoverage).meta({
      description: `Sources that did not see all of the window, the worst first, at most ${limits.coverageGaps}.`,
    }),
    more_gaps: z.int().nonnegative(),
  })
  .meta({ id: 'Coverage' });
export type Coverage = z.infer<typeof Coverage>;

/** Which window, and of what; several connectors, projects or integrations mean any of them. */
export const CoverageQuery = z
  .strictObject({
    from: Timestamp,
    to: Timestamp.optional().meta({ description: 'Default: now.' }),
    connector: anyOf(limits.connector),
    project: anyOf(limits.project),
    integration: anyOf(64),
  })
  .meta({ id: 'CoverageQuery' });
export type CoverageQuery = z.infer<typeof CoverageQuery>;
