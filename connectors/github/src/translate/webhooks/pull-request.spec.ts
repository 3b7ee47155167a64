import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delivered, head, pullDetails } from '../../testing/tickets.js';
import { webhookExamples } from '../../testing/webhook-examples.js';
import { translatePullRequest } from '../pull-request.js';
import { pullRequestWebhook } from './pull-request.js';

const host = 'github.test';
const repository = { host, id: 7, fullName: 'acme/api', webUrl: 'https://github.test/acme/api' };
const told = (action: string, shape: Parameters<typeof pullDetails>[0], more: object = {}) =>
  pullRequestWebhook(delivered(action, { pull_request: pullDetails(shape), ...more }), host);

describe('a webhook of a pull request', () => {
  it.each([
    ['opened', {}, ['opened']],
    ['closed', { merged: '2026-11-24T09:30:00Z' }, ['merged']],
    ['synchronize', { head: head.b }, ['head', head.b]],
  ])('%s is one fact', (action, shape, parts) => {
    expect(told(action, shape)).toMatchObject({
      events: [{ key_parts: [host, 'pr', '9042', ...parts], actor: 'cora' }],
    });
  });

  it('has the keys of polling, though a comment has moved `updated_at` since', () => {
    const merged = '2026-11-24T09:30:00Z';
    const polled = translatePullRequest(
      { kind: 'merged' },
      { pull: pullDetails({ merged, updated: '2026-11-24T09:45:00Z' }) },
      repository,
      {},
    );
    const webhook = told('closed', { merged });
    const keys = [polled, webhook].map((one) => one.kind === 'events' && one.events[0]?.key_parts);
    expect(keys[0]).toEqual(keys[1]);
  });

  it('of another host never has the same key', () => {
    const payload = delivered('opened', { pull_request: pullDetails() });
    const hosts = ['github.com', 'github.acme.test'];
    const keys = hosts.map((one) => {
      const translation = pullRequestWebhook(payload, one);
      return translation.kind === 'events' && translation.events[0]?.key_parts.join(':');
    });
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['closed', {}, 'told by polling, which has its id'],
    ['reopened', {}, 'told by polling, which has its id'],
    ['edited', { changes: { base: { ref: { from: 'next' } } } }, 'told by polling, which has its id'],
    ['edited', { changes: { title: { from: 'Retry' } } }, 'no change of its state'],
    ['labeled', {}, 'no change of its state'],
    ['a word to come', {}, 'no change of its state'],
  ])('%s is passed over, with its reason', (action, more, reason) => {
    expect(told(action, {}, more)).toEqual({ kind: 'ignored', reason });
  });

  it('is read in every example that GitHub gives', () => {
    const all = webhookExamples().filter(({ event }) => event === 'pull_request');
    const kinds = all.map(({ payload }) => pullRequestWebhook(payload, host).kind);
    expect(kinds).not.toContain('unsupported');
    expect(kinds.filter((kind) => kind === 'events').length).toBeGreaterThan(3);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('title', 'user', 'labels', 'head', 'html_url', 'body'),
        (odd, field) => {
          const payload = delivered('closed', {
            pull_request: { ...pullDetails({ merged: '2026-11-24T09:30:00Z' }), [field]: odd },
          });
          expect(['events', 'unsupported']).toContain(pullRequestWebhook(payload, host).kind);
          expect(pullRequestWebhook(odd, host).kind).toBe('unsupported');
        },
      ),
    );
  });
});
