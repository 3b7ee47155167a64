import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IssueShape, delivered, issuePayload } from '../../testing/tickets.js';
import { issueWebhook } from './issue.js';
import { noteWebhook } from './note.js';

const host = 'gitlab.test';
const told = (action: string, shape: IssueShape = {}, attributes: object = {}) =>
  issueWebhook(delivered('issue', action, issuePayload(shape), { attributes }), host);

describe('a webhook of an issue', () => {
  it('says what was opened', () => {
    expect(told('open', {}, { type: 'Incident' })).toMatchObject({
      events: [
        {
          type: 'issue_opened',
          actor: 'cora',
          key_parts: [host, 'issue', '5005', 'opened'],
          data: { issue_type: 'incident', labels: ['payments', 'bug'], assignees: ['cora'] },
        },
      ],
    });
  });

  it.each([
    ['close', {}, 'told by polling, which has its id'],
    ['reopen', {}, 'told by polling, which has its id'],
    ['update', {}, 'no change of its state'],
    ['open', { confidential: true }, 'confidential'],
  ])('%s is passed over, with its reason', (action, shape, reason) => {
    expect(told(action, shape)).toEqual({ kind: 'ignored', reason });
  });

  it('never throws, whatever comes', () => {
    const fields = ['title', 'labels', 'url', 'description', 'action', 'type', 'created_at'];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...fields), (odd, field) => {
        expect(told('open', {}, { [field]: odd }).kind).toBeDefined();
        expect(issueWebhook(odd, host).kind).toBe('unsupported');
      }),
    );
  });
});

describe('a webhook of what was said', () => {
  it('is conversation', () => {
    expect(noteWebhook()).toEqual({ kind: 'ignored', reason: 'conversation' });
  });
});
