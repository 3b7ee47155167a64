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

it('leaves out what was said after the pull request had been merged', () => {
  const at = (time: string) => `2026-11-24T${time}:00Z`;
  const reviews = [
    { ...by('ada', 'CHANGES_REQUESTED'), submitted_at: at('09:00') },
    { ...by('ada', 'APPROVED'), submitted_at: at('09:31') },
    { ...by('cora', 'APPROVED'), submitted_at: at('09:30') },
    { ...by('dan', 'APPROVED'), submitted_at: null },
    { ...by('eve', 'APPROVED'), submitted_at: at('11:00') },
  ];
  expect(reviewFacts(reviews, at('09:30'))).toEqual({
    reviewers: ['ada', 'cora', 'dan'],
    approvals: ['cora', 'dan'],
  });
});

it('tells apart that nobody has reviewed and that nobody has asked', () => {
  expect(reviewFacts([])).toEqual({ reviewers: [], approvals: [] });
  expect(reviewFacts(undefined)).toBeUndefined();
});
