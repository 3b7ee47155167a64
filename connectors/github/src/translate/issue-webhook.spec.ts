import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delivered, issueEventPayload, issuePayload } from '../testing/tickets.js';
import { webhookExamples } from '../testing/webhook-examples.js';
import { translateIssueEvent } from './issue-event.js';
import { translateIssueWebhook } from './issue-webhook.js';

const host = 'github.test';
const repository = { host, id: 7, fullName: 'acme/api', webUrl: 'https://github.test/acme/api' };
const closed = '2026-11-24T09:30:00Z';
const told = (action: string, shape: Parameters<typeof issuePayload>[0] = {}) =>
  translateIssueWebhook(delivered(action, { issue: issuePayload(shape) }), host);

describe('a webhook of an issue', () => {
  it('says what was opened and closed, and who it was', () => {
    expect(told('opened')).toMatchObject({ events: [{ type: 'issue_opened', actor: 'cora' }] });
    expect(told('closed', { closed, reason: 'completed' })).toMatchObject({
      events: [{ title: '#7 closed as completed: Payments fail', status: 'closed', timestamp: closed }],
    });
  });

  it.each(['2026-11-24T09:30:00Z', '2026-11-24T09:30:01Z'])(
    'has the key of the event of %s, though a comment has moved `updated_at` since',
    (at) => {
      const event = issueEventPayload(1, 'closed', at, { closed, updated: '2026-11-24T09:45:00Z' });
      const polled = translateIssueEvent({ event }, repository, {});
      const [one, other] = [polled, told('closed', { closed })].map(
        (translation) => translation.kind === 'events' && translation.events[0]?.key_parts,
      );
      expect(one).toEqual(other);
    },
  );

  it.each([
    ['reopened', 'told by polling, which has its id'],
    ['labeled', 'told by polling, which has its id'],
    ['unlabeled', 'told by polling, which has its id'],
    ['assigned', 'no change of its state'],
    ['transferred', 'no change of its state'],
  ])('%s is passed over, with its reason', (action, reason) => {
    expect(told(action)).toEqual({ kind: 'ignored', reason });
  });

  it('is read in every example that GitHub gives', () => {
    const all = webhookExamples().filter(({ event }) => event === 'issues');
    const kinds = all.map(({ payload }) => translateIssueWebhook(payload, host).kind);
    expect(kinds).toContain('events');
    expect(kinds).not.toContain('unsupported');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('title', 'user', 'labels', 'assignees', 'milestone', 'comments', 'state_reason'),
        (odd, field) => {
          const payload = delivered('opened', { issue: { ...issuePayload(), [field]: odd } });
          expect(['events', 'unsupported']).toContain(translateIssueWebhook(payload, host).kind);
          expect(translateIssueWebhook(odd, host).kind).toBe('unsupported');
        },
      ),
    );
  });
});
