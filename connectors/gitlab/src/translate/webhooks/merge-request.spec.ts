import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MergeRequestShape,
  delivered,
  head,
  mergeRequestPayload,
  people,
} from '../../testing/tickets.js';
import { mergeRequestWebhook } from './merge-request.js';

const host = 'gitlab.test';
const told = (action: string, shape: MergeRequestShape = {}, more: Parameters<typeof delivered>[3] = {}) =>
  mergeRequestWebhook(delivered('merge_request', action, mergeRequestPayload(shape), more), host);

describe('a webhook of a merge request', () => {
  const merged = { merged: '2026-11-24T09:30:00.451Z', updated: '2026-11-24T09:30:00.451Z' };

  it.each([
    ['open', {}, {}, ['opened']],
    ['merge', merged, {}, ['merged']],
    ['update', { head: head.b }, { attributes: { oldrev: head.a } }, ['head', head.b]],
    [
      'update',
      { target: 'next' },
      { changes: { target_branch: { previous: 'main', current: 'next' } } },
      ['target', 'next'],
    ],
    ['approved', {}, {}, ['approved', '12']],
    ['approval', {}, { user: people.dan }, ['approved', '13']],
    ['unapproved', {}, {}, ['unapproved', '12']],
    ['unapproval', {}, {}, ['unapproved', '12']],
  ])('%s is one fact', (action, shape, more, parts) => {
    expect(told(action, shape, more)).toMatchObject({
      events: [{ key_parts: [host, 'mr', '9042', ...parts] }],
    });
  });

  it('says what it knows, and who it was', () => {
    expect(told('merge', merged)).toMatchObject({
      events: [
        {
          timestamp: '2026-11-24T09:30:00.000Z',
          actor: 'cora',
          url: 'https://gitlab.test/acme/shop/api/-/merge_requests/42',
          data: { merged_by: 'cora', labels: ['payments'], reviewers: ['cora'], head_commit: head.a },
        },
      ],
    });
    expect(told('open')).toMatchObject({ events: [{ actor: 'cora', data: { author: 'cora' } }] });
  });

  it('tells both of a push that came with another target', () => {
    const more = { attributes: { oldrev: head.a }, changes: { target_branch: { previous: 'main' } } };
    expect(told('update', { head: head.b, target: 'next' }, more)).toMatchObject({
      events: [
        { type: 'merge_request_updated', data: { before: head.a } },
        { type: 'merge_request_retargeted', data: { base_branch_before: 'main' } },
      ],
    });
  });

  it.each([
    ['close', {}, 'told by polling, which has its id'],
    ['reopen', {}, 'told by polling, which has its id'],
    ['approved', { user: { username: 'cora' } }, 'told by polling, which has its id'],
    // The user is who pushed, not who had approved.
    ['unapproved', { attributes: { system: true } }, 'told by polling, which has its id'],
    ['update', { changes: { draft: { previous: false, current: true } } }, 'no change of its state'],
    ['a word to come', {}, 'no change of its state'],
  ])('%s is passed over, with its reason', (action, more, reason) => {
    expect(told(action, {}, more)).toEqual({ kind: 'ignored', reason });
  });

  it('never throws, whatever comes', () => {
    const fields = ['title', 'labels', 'last_commit', 'url', 'description', 'action', 'updated_at', 'oldrev'];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...fields), (odd, field) => {
        expect(told('merge', merged, { attributes: { [field]: odd } }).kind).toBeDefined();
        expect(mergeRequestWebhook(odd, host).kind).toBe('unsupported');
      }),
    );
  });
});
