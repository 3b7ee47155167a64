import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delivered, issuePayload } from '../../testing/tickets.js';
import { webhookExamples } from '../../testing/webhook-examples.js';
import { issueWebhook } from './issue.js';

const host = 'github.test';
const told = (action: string, more: object = {}) =>
  issueWebhook(delivered(action, { issue: issuePayload(), ...more }), host);

describe('a webhook of an issue', () => {
  it('says what was opened', () => {
    expect(told('opened')).toMatchObject({ events: [{ type: 'issue_opened', actor: 'cora' }] });
  });

  it('does not say that one was opened here which came from another repository', () => {
    const changes = { old_issue: issuePayload({ number: 3 }), old_repository: { id: 8 } };
    expect(told('opened', { changes })).toEqual({ kind: 'ignored', reason: 'no change of its state' });
  });

  it.each([
    ['closed', 'told by polling, which has its id'],
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
    const kinds = all.map(({ payload }) => issueWebhook(payload, host).kind);
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
          expect(['events', 'unsupported']).toContain(issueWebhook(payload, host).kind);
          expect(issueWebhook(odd, host).kind).toBe('unsupported');
        },
      ),
    );
  });
});
