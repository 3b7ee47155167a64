import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Login, reading } from './payload.js';

const Review = reading<components['schemas']['pull-request-review']>()(
  z.object({ user: Login, state: z.string() }),
);

export interface ReviewFacts {
  reviewers: string[];
  approvals: string[];
}

/** Words that replace what a reviewer has said before; a comment leaves an approval as it is. */
const verdicts = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/** Who has reviewed, and whose last verdict is an approval; undefined where that has not been asked. */
export function reviewFacts(payload: unknown): ReviewFacts | undefined {
  if (!Array.isArray(payload)) return undefined;
  const verdictOf = new Map<string, string>();
  for (const item of payload) {
    const { data } = Review.safeParse(item);
    if (data?.user === undefined || data.state.toUpperCase() === 'PENDING') continue;
    const verdict = data.state.toUpperCase();
    const last = verdictOf.get(data.user);
    verdictOf.set(data.user, last === undefined || verdicts.has(verdict) ? verdict : last);
  }
  const reviewers = [...verdictOf.keys()];
  return { reviewers, approvals: reviewers.filter((login) => verdictOf.get(login) === 'APPROVED') };
}
