import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delivered, head, issuePayload, mergeRequestPayload, people } from '../testing/tickets.js';
import { readApprovals } from './approvals.js';
import { readHeads } from './heads.js';
import { translateIssueState } from './issue-state.js';
import { translateIssue } from './issue.js';
import { translateMergeRequestState } from './merge-request-state.js';
import { type MergeRequestChange, translateMergeRequest } from './merge-request.js';
import { issueWebhook } from './webhooks/issue.js';
import { mergeRequestWebhook } from './webhooks/merge-request.js';

const host = 'gitlab.test';
const project = { host, id: 7, fullPath: 'acme/shop/api', webUrl: 'https://gitlab.test/acme/shop/api' };
const between = { from: null, to: '2026-11-24T10:00:00Z' };

function keyOf(translation: ReturnType<typeof translateIssue>): readonly string[] {
  const [event] = translation.kind === 'events' ? translation.events : [];
  if (!event) throw new Error('there is no event');
  return event.key_parts;
}

describe('a webhook and a poll of the same fact give one key', () => {
  const merged = { merged: '2026-11-24T09:30:00.451Z' };
  const cases: [string, object, object, MergeRequestChange][] = [
    ['open', {}, {}, { kind: 'opened' }],
    ['merge', merged, {}, { kind: 'merged' }],
    ['update', { head: head.b }, { attributes: { oldrev: head.a } }, { kind: 'updated', before: 'aaaaaaaa' }],
    [
      'update',
      { target: 'next' },
      { changes: { target_branch: { previous: 'main' } } },
      { kind: 'retargeted' },
    ],
    ['approved', {}, {}, { kind: 'approved', by: { ...people.cora, at: '2026-11-24T09:20:00.000Z' } }],
    ['unapproved', {}, {}, { kind: 'unapproved', by: people.cora }],
  ];

  it.each(cases)('%s, though a comment has moved `updated_at` since', (action, shape, more, change) => {
    const webhook = delivered('merge_request', action, mergeRequestPayload(shape), more);
    const later = mergeRequestPayload({ ...shape, updated: '2026-11-24T09:58:00.002Z' });
    const poll = translateMergeRequest(change, { merge_request: later }, project, { between });
    expect(keyOf(mergeRequestWebhook(webhook, host))).toEqual(keyOf(poll));
  });

  it('of an issue, too, and of another host never', () => {
    const webhook = delivered('issue', 'open', issuePayload());
    const poll = translateIssue(issuePayload({ updated: '2026-11-24T09:58:00.002Z' }), project, {});
    expect(keyOf(issueWebhook(webhook, host))).toEqual(keyOf(poll));
    expect(keyOf(issueWebhook(webhook, 'gitlab.com'))).not.toEqual(keyOf(poll));
  });
});

describe('the translators of merge requests and issues', () => {
  it('never throw, whatever comes', () => {
    const fields = [
      'title',
      'author',
      'labels',
      'milestone',
      'sha',
      'web_url',
      'squash',
      'draft',
      'reviewers',
    ];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...fields), (odd, field) => {
        const merge_request = { ...mergeRequestPayload(), [field]: odd };
        const payloads = { merge_request, details: odd, approvals: odd };
        const opened = translateMergeRequest({ kind: 'opened' }, payloads, project, {});
        expect(opened.kind).toBe(field === 'title' && typeof odd !== 'string' ? 'unsupported' : 'events');
        const issue = { ...issuePayload(), [field]: odd };
        expect(translateIssue(issue, project, {}).kind).toBe(opened.kind);
        expect(translateMergeRequestState({ ...payloads, event: odd }, project, {}).kind).toBe('unsupported');
        expect(translateIssueState({ issue, event: odd }, project, {}).kind).toBe('unsupported');
        expect(readApprovals(odd)).toBeUndefined();
        expect(readHeads(odd) ?? []).toEqual([]);
      }),
    );
  });

  it('name an approver whose account says no more than its id', () => {
    const approvals = {
      approved_by: [{ user: { id: 12 } }, { user: { id: 13, username: 'dan' }, approved_at: 'x' }],
    };
    expect(readApprovals(approvals)).toEqual([
      { id: 12, username: undefined, at: undefined },
      { id: 13, username: 'dan', at: undefined },
    ]);
  });
});
