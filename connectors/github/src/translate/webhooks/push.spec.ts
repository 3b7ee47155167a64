import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { tags } from '../../looks/tags/tags.js';
import { translatePush } from '../push.js';
import { pushWebhook } from './push.js';

const zeros = '0'.repeat(40);
const [before, after] = ['a'.repeat(40), 'b'.repeat(40)];
const delivery = { id: 'd-1', receivedAt: '2026-11-24T10:00:00Z' };
const repository = {
  host: 'github.test',
  id: 7,
  fullName: 'acme/api',
  webUrl: 'https://github.test/acme/api',
};

const push = (more: object = {}) => ({
  ref: 'refs/heads/main',
  before,
  after,
  created: false,
  deleted: false,
  forced: false,
  base_ref: null,
  commits: [
    {
      id: 'c'.repeat(40),
      message: 'Count apples',
      timestamp: '2026-11-24T09:00:00Z',
      author: { name: 'Ada' },
      added: ['a'],
      removed: [],
      modified: [],
    },
    {
      id: after,
      message: 'Raise\n\nit',
      timestamp: '2026-11-24T10:01:00+01:00',
      author: { name: 'Bo' },
      added: [],
      removed: ['z'],
      modified: ['a', 'b'],
    },
  ],
  head_commit: { id: after, message: 'Raise' },
  repository: {
    id: 7,
    full_name: 'acme/api',
    html_url: 'https://github.test/acme/api',
    pushed_at: Date.UTC(2026, 10, 24, 9, 59) / 1_000,
  },
  sender: { login: 'ada' },
  ...more,
});

function eventOf(translation: Translation | undefined): SourceEvent {
  const [event] = translation?.kind === 'events' ? translation.events : [];
  if (!event) throw new Error(`no event: ${JSON.stringify(translation)}`);
  return event;
}

const moves = [
  ['push', {}, 'push'],
  ['push', {}, 'pr_merge'],
  ['force_push', { forced: true }, 'force_push'],
  ['branch_created', { before: zeros, created: true }, 'branch_creation'],
  ['branch_deleted', { after: zeros, deleted: true, head_commit: null, commits: [] }, 'branch_deletion'],
] as const;

describe('a push that GitHub tells', () => {
  it.each(moves)('is the fact that polling finds: %s', (type, more, activity_type) => {
    const told = eventOf(pushWebhook(push(more), 'github.test', delivery));
    const { ref, before: from, after: to } = push(more);
    const activity = {
      id: 5,
      ref,
      before: from,
      after: to,
      activity_type,
      timestamp: '2026-11-24T09:59:00Z',
      actor: { login: 'ada' },
    };
    const found = eventOf(translatePush(activity, null, repository, {}));
    expect(told.type).toBe(type);
    for (const field of ['key_parts', 'type', 'subject', 'project', 'actor', 'url'] as const) {
      expect(told[field]).toEqual(found[field]);
    }
    expect(Date.parse(told.timestamp)).toBe(Date.parse(found.timestamp));
  });

  it('whose commits GitHub has cut off is left to polling, which knows how many there were', () => {
    const [commit] = push().commits;
    const translation = pushWebhook(push({ commits: Array(2_048).fill(commit) }), 'github.test', delivery);
    expect(translation).toEqual({ kind: 'ignored', reason: 'told by polling, which knows more of it' });
  });

  it('says of a file what became of it between its two ends', () => {
    const [commit] = push().commits;
    const commits = [
      { ...commit, added: ['come and gone'], removed: ['gone and come'], modified: [] },
      { ...commit, added: ['gone and come'], removed: ['come and gone'], modified: [] },
    ];
    expect(eventOf(pushWebhook(push({ commits }), 'github.test', delivery)).data).toMatchObject({
      files: [{ path: 'gone and come', status: 'modified' }],
    });
  });

  it('has its commits and what they did to the files', () => {
    expect(eventOf(pushWebhook(push(), 'github.test', delivery))).toMatchObject({
      title: 'main moved forward by 2 commits: Raise',
      refs: [`commit:${after}`, `commit:${before}`, `commit:${'c'.repeat(40)}`],
      data: {
        commit_count: 2,
        commits: [
          { subject: 'Raise', author: 'Bo' },
          { subject: 'Count apples', author: 'Ada' },
        ],
        files_total: 3,
        files: [
          { path: 'a', status: 'added' },
          { path: 'b', status: 'modified' },
          { path: 'z', status: 'deleted' },
        ],
      },
    });
  });

  it('without an instant had happened when it came', () => {
    const event = eventOf(
      pushWebhook(push({ repository: { ...push().repository, pushed_at: null } }), 'github.test', delivery),
    );
    expect(event).toMatchObject({ timestamp: delivery.receivedAt, time_precision: 'gap' });
  });

  it('of another host is another fact, though all ids are equal', () => {
    const [one, other] = ['github.com', 'git.acme.test'].map((host) =>
      eventOf(pushWebhook(push(), host, delivery)),
    );
    expect(one?.key_parts).not.toEqual(other?.key_parts);
    expect(one?.key_parts.slice(1)).toEqual(other?.key_parts.slice(1));
  });

  it('of neither a branch nor a tag is passed over', () => {
    expect(pushWebhook(push({ ref: 'refs/notes/x' }), 'github.test', delivery).kind).toBe('ignored');
  });

  it('never throws, whatever comes', () => {
    const odd = fc.oneof(
      fc.anything(),
      fc.record({ ref: fc.string(), commits: fc.anything(), author: fc.anything() }),
    );
    fc.assert(
      fc.property(
        odd,
        fc.dictionary(fc.constantFrom(...Object.keys(push())), fc.anything()),
        (payload, more) => {
          expect(pushWebhook(payload, 'github.test', delivery).kind).toBe('unsupported');
          expect(['events', 'ignored', 'unsupported']).toContain(
            pushWebhook(push(more), 'github.test', delivery).kind,
          );
          expect(['events', 'ignored', 'unsupported']).toContain(
            translatePush(payload, more, repository, {}).kind,
          );
        },
      ),
    );
  });
});

describe('a tag that GitHub tells', () => {
  const list = '/repos/acme/api/git/matching-refs/tags';
  const tagged = (sha: string) =>
    new ScriptedGitHub().says(list, {
      json: sha === zeros ? [] : [{ ref: 'refs/tags/v1', object: { type: 'commit', sha } }],
    });

  it.each([
    ['tag_created', zeros, after, { created: true }],
    ['tag_moved', before, after, { forced: true }],
    ['tag_deleted', before, zeros, { deleted: true, head_commit: null }],
  ] as const)('is the fact that polling finds: %s', async (type, from, to, more) => {
    const payload = push({ ref: 'refs/tags/v1', before: from, after: to, commits: [], ...more });
    const told = eventOf(pushWebhook(payload, 'github.test', delivery));
    const { state } = await runLook(tags, tagged(from));
    const { events } = await runLook(tags, tagged(to), state);
    expect(events).toHaveLength(1);
    expect(told.type).toBe(type);
    for (const field of ['key_parts', 'type', 'subject', 'project', 'refs'] as const) {
      expect(told[field]).toEqual(events[0]?.[field]);
    }
  });

  it('with words of its own is known by its object', () => {
    const payload = push({
      ref: 'refs/tags/v1',
      before: zeros,
      created: true,
      head_commit: { id: before, message: '' },
    });
    expect(eventOf(pushWebhook(payload, 'github.test', delivery))).toMatchObject({
      key_parts: ['github.test', 'tag', '7', 'v1', after],
      refs: ['version:acme/api@v1', `commit:${before}`],
      data: { annotated: true, commit: before },
    });
  });
});
