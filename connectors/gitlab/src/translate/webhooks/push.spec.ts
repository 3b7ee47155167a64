import type { SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { PretendRefs, sha } from '../../testing/pretend-refs.js';
import { nothing } from '../push.js';
import { translateWebhook } from '../webhook.js';

const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const project = {
  id: 7,
  path_with_namespace: 'acme/shop/api',
  web_url: 'https://gitlab.test/acme/shop/api',
};

function told(payload: object): SourceEvent[] {
  const made = translateWebhook({ project, user_username: 'ada', ...payload }, 'gitlab.test', delivery);
  return made.kind === 'events' ? made.events : [];
}

function push(ref: string, before: string, after: string, more: object = {}): SourceEvent | undefined {
  const object_kind = ref.startsWith('refs/tags/') ? 'tag_push' : 'push';
  return told({ object_kind, ref, before, after, ...more })[0];
}

const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: (index + 1).toString(16).padStart(40, '0'),
    message: `Step ${index + 1}\n\nand more`,
    timestamp: '2026-11-24T09:59:00+01:00',
    author: { name: 'Ada', email: 'ada@example.com' },
    added: [`new-${index}.txt`],
    modified: ['always.txt'],
    removed: [],
  }));

describe('the webhook of a push', () => {
  it('says the key that polling says, of branches and tags alike', async () => {
    const refs = new PretendRefs().move('branch:main', 'a', 'never');
    await refs.look();
    await refs.look(4);
    refs
      .move('branch:x', 'b')
      .move('branch:main', 'b')
      .move('branch:x', '')
      .move('tag:v1', 'B')
      .move('tag:v1', '');
    const polled = (await refs.look()).events;
    refs.move('branch:main', 'c', 'never').bulk('branch', 4);
    polled.push(...(await refs.look(1)).events);
    const webhooks = [
      push('refs/heads/x', nothing, sha('b')),
      push('refs/heads/main', sha('a'), sha('b')),
      push('refs/heads/x', sha('b'), nothing),
      push('refs/tags/v1', nothing, sha('B'), { checkout_sha: sha('b') }),
      push('refs/tags/v1', sha('B'), nothing),
      push('refs/heads/main', sha('b'), sha('c')),
    ];
    expect(webhooks.map((event) => event?.key_parts)).toEqual(polled.map(({ key_parts }) => key_parts));
    expect(webhooks.map((event) => event?.subject)).toEqual(polled.map(({ subject }) => subject));
  });

  it('lists the newest 20 commits and counts all of them', () => {
    const event = push('refs/heads/main', sha('a'), commits(20).at(-1)?.id ?? '', {
      commits: commits(20),
      total_commits_count: 47,
    });
    expect(event).toMatchObject({
      type: 'push',
      title: 'main moved forward by 47 commits: Step 20',
      actor: 'ada',
      time_precision: 'gap',
      data: { commit_count: 47, files_truncated: true },
    });
    const small = push('refs/heads/main', sha('a'), sha('b'), {
      commits: commits(2),
      total_commits_count: 2,
    });
    expect(small?.data).toMatchObject({
      files_total: 3,
      files: [
        { path: 'new-0.txt', status: 'added' },
        { path: 'always.txt', status: 'modified' },
        { path: 'new-1.txt', status: 'added' },
      ],
    });
  });

  it('to where no commit is new has set a branch back', () => {
    const more = { commits: [], total_commits_count: 0 };
    expect(push('refs/heads/main', sha('b'), sha('a'), more)?.type).toBe('force_push');
    expect(push('refs/heads/main', sha('b'), sha('a'))?.type).toBe('push');
  });

  it('of an annotated tag has its message and its commit', () => {
    const event = push('refs/tags/v1', nothing, sha('B'), {
      checkout_sha: sha('b'),
      message: 'Second edition\n',
    });
    expect(event).toMatchObject({
      title: 'Tag v1 created at bbbbbbbb: Second edition',
      refs: ['version:acme/shop/api@v1', `commit:${sha('b')}`],
      data: { annotated: true, message: 'Second edition' },
    });
  });

  it('of what is no ref that is told, or of nothing, has a reason', () => {
    for (const payload of [
      { ref: 'refs/merge-requests/1/head', before: sha('a'), after: sha('b') },
      { ref: 'refs/heads/x', before: nothing, after: nothing },
    ]) {
      const made = translateWebhook({ object_kind: 'push', project, ...payload }, 'gitlab.test', delivery);
      expect(made.kind).toBe('ignored');
    }
  });
});

describe('the system hook of a repository', () => {
  const change = (ref: string) => ({ ref, before: sha('a'), after: sha('b') });

  it('tells what no push tells: many refs at once', () => {
    const changes = ['refs/heads/a', 'refs/heads/b', 'refs/tags/c', 'refs/heads/d', 'refs/notes/e'].map(
      change,
    );
    const events = told({ event_name: 'repository_update', changes });
    expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      'push acme/shop/api/branch/a',
      'push acme/shop/api/branch/b',
      'tag_moved acme/shop/api/tag/c',
      'push acme/shop/api/branch/d',
    ]);
    expect(events[0]?.key_parts).toEqual(push('refs/heads/a', sha('a'), sha('b'))?.key_parts);
  });

  it('leaves few of them to their pushes', () => {
    expect(told({ event_name: 'repository_update', changes: [change('refs/heads/a')] })).toEqual([]);
  });
});
