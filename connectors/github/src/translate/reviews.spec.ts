import { expect, it } from 'vitest';
import { reviewFacts } from './reviews.js';

const by = (login: string, state: string) => ({ user: { login }, state });

it('takes the last verdict of each reviewer; a comment is none', () => {
  const reviews = [
    by('ada', 'APPROVED'),
    by('ada', 'COMMENTED'),
    by('cora', 'APPROVED'),
    by('cora', 'CHANGES_REQUESTED'),
    by('dan', 'approved'),
    by('eve', 'APPROVED'),
    by('eve', 'DISMISSED'),
    by('finn', 'COMMENTED'),
    by('gone', 'PENDING'),
    { user: null, state: 'APPROVED' },
    null,
  ];
  expect(reviewFacts(reviews)).toEqual({
    reviewers: ['ada', 'cora', 'dan', 'eve', 'finn'],
    approvals: ['ada', 'dan'],
  });
});

it('tells apart that nobody has reviewed and that nobody has asked', () => {
  expect(reviewFacts([])).toEqual({ reviewers: [], approvals: [] });
  expect(reviewFacts(undefined)).toBeUndefined();
});
