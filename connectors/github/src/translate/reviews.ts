import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Instant, Login, reading } from './payload.js';

const Review = reading<components['schemas']['pull-request-review']>()(
  z.object({ user: Login, state: z.string(), submitted_at: Instant.nullish().catch(null) }),
);

export interface ReviewFacts {
  reviewers: string[];
  approvals: string[];
}

/** Words that replace what a reviewer has said before; a comment leaves an approval as it is. */
const verdicts = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);
/** Begun, and not yet given. */
const pending = 'PENDING';

/**
 * Who had reviewed by `until`, and whose last verdict was an approval then; undefined where that is not known. An
 * approval that was dismissed since is one no longer.
 */
export function reviewFacts(payload: unknown, until?: string | null): ReviewFacts | undefined {
  if (!Array.isArray(payload)) return undefined;
  const end = until == null ? Number.POSITIVE_INFINITY : Date.parse(until);
  const verdictOf = new Map<string, string>();
  for (const item of payload) {
    const { user, state, submitted_at: at } = Review.safeParse(item).data ?? {};
    const verdict = state?.toUpperCase() ?? pending;
    if (user === undefined || verdict === pending || (at != null && Date.parse(at) > end)) continue;
    const last = verdictOf.get(user);
    verdictOf.set(user, last === undefined || verdicts.has(verdict) ? verdict : last);
  }
  const reviewers = [...verdictOf.keys()];
  return { reviewers, approvals: reviewers.filter((login) => verdictOf.get(login) === 'APPROVED') };
}
