import { SourceError } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { tags } from './tags.js';

const list = '/repos/acme/api/git/matching-refs/tags';
const sha = (letter: string) => letter.repeat(40);

const ref = (name: string, letter: string, type = 'commit') => ({
  ref: `refs/tags/${name}`,
  node_id: 'R',
  object: { type, sha: sha(letter) },
});

/** A GitHub with these tags, such as `{ v1: 'a' }`; an upper case letter is an annotated one. */
function gitHub(tags: Record<string, string>, etag?: string): ScriptedGitHub {
  const json = Object.entries(tags).map(([name, letter]) =>
    ref(name, letter.toLowerCase(), letter === letter.toLowerCase() ? 'commit' : 'tag'),
  );
  return new ScriptedGitHub().says(list, etag === undefined ? { json } : { json, etag });
}

const titles = (events: readonly { title: string }[]) => events.map(({ title }) => title);

/** Looks at one state after the other. */
async function watch(...states: Record<string, string>[]) {
  const [first = {}, ...later] = states;
  let run = await runLook(tags, gitHub(first));
  const events = [...run.events];
  for (const moved of later) {
    run = await runLook(tags, gitHub(moved), run.state);
    events.push(...run.events);
  }
  return events;
}

describe('tags', () => {
  it('are only remembered at the first look', async () => {
    const { events, state } = await runLook(tags, gitHub({ v1: 'a' }));
    expect(events).toEqual([]);
    expect(state?.limited).toBeUndefined();
  });

  it('are told as they come, move and go, between the two looks', async () => {
    const events = await watch({ v1: 'a', v2: 'a' }, { v2: 'b', 'v10/x': 'c', v9: 'd' });
    expect(titles(events)).toEqual([
      'Tag v1 deleted, was at aaaaaaaa',
      'Tag v2 moved from aaaaaaaa to bbbbbbbb',
      'Tag v9 created at dddddddd',
      'Tag v10/x created at cccccccc',
    ]);
    expect(events[1]).toMatchObject({
      timestamp: '2026-11-24T10:00:00.000Z',
      time_precision: 'gap',
      data: { seen_between: { from: '2026-11-24T09:59:00.000Z', to: '2026-11-24T10:00:00.000Z' } },
    });
  });

  it('that go back and forth are one change each time', async () => {
    const events = await watch({ v1: 'a' }, { v1: 'b' }, { v1: 'a' }, { v1: 'b' }, {}, { v1: 'b' }, {});
    const ends = events.map(({ key_parts }) => key_parts.slice(3));
    const gone = '0'.repeat(40);
    expect(ends).toEqual([
      ['v1', sha('b')],
      ['v1', sha('a')],
      ['v1', sha('b'), '2'],
      ['v1', gone],
      ['v1', sha('b'), '3'],
      ['v1', gone, '2'],
    ]);
  });

  it('are told under the same keys when a look is taken again after a kill', async () => {
    const { state } = await runLook(tags, gitHub({ v1: 'a' }));
    const runs = [1, 2].map(() => runLook(tags, gitHub({ v1: 'b' }), state));
    const [one, other] = await Promise.all(runs);
    expect(one?.events).toEqual(other?.events);
  });

  it('cost one question when nothing is new, answered by the ETag', async () => {
    const first = await runLook(tags, gitHub({ v1: 'a' }, '"one"'));
    const github = gitHub({ v1: 'a' }, '"one"');
    const { events, state } = await runLook(tags, github, first.state);
    expect([events, state, github.asked]).toEqual([[], first.state, [list]]);
  });

  it('are read from all pages; then the first one’s ETag says nothing of the others', async () => {
    const { state } = await runLook(tags, gitHub({}, '"none"'));
    expect(state?.etag).toBe('"none"');
    const github = new ScriptedGitHub().says(list, { pages: [[ref('v1', 'a')], [ref('v2', 'b')]] });
    const paged = await runLook(tags, github, state);
    expect(titles(paged.events)).toEqual(['Tag v1 created at aaaaaaaa', 'Tag v2 created at bbbbbbbb']);
    expect(paged.state?.etag).toBeUndefined();
  });

  it('with words of their own are asked for them', async () => {
    const { state } = await runLook(tags, gitHub({}));
    const tag = {
      message: 'Second edition\n',
      tagger: { name: 'Ada', email: 'ada@example.com', date: '2026-11-24T09:59:30Z' },
      object: { type: 'commit', sha: sha('c') },
    };
    const github = gitHub({ v1: 'B', v2: 'D' })
      .says(`/repos/acme/api/git/tags/${sha('b')}`, { json: tag })
      .says(`/repos/acme/api/git/tags/${sha('d')}`, { missing: true });
    const { events } = await runLook(tags, github, state);
    expect(events).toMatchObject([
      {
        title: 'Tag v1 created at cccccccc: Second edition',
        timestamp: '2026-11-24T09:59:30Z',
        time_precision: 'exact',
        actor: 'Ada',
      },
      { title: 'Tag v2 created at dddddddd', time_precision: 'gap' },
    ]);
  });

  it('of a repository without a commit are none, and its first one is news', async () => {
    const empty = new SourceError({
      code: 'repository-empty',
      detail: 'Empty.',
      remedy: 'Wait.',
      kind: 'upstream',
    });
    const { state } = await runLook(tags, new ScriptedGitHub().says(list, { fails: empty }));
    expect(titles((await runLook(tags, gitHub({ v1: 'a' }), state)).events)).toHaveLength(1);
  });

  it('that can’t be read are counted; what is no list makes no tag go away', async () => {
    const { state } = await runLook(tags, gitHub({ v1: 'a' }));
    const odd = [
      null,
      { ref: 'refs/heads/x' },
      { ref: 'refs/tags/a\nb', object: ref('a', 'a').object },
      ref('v1', 'a'),
    ];
    const run = await runLook(tags, new ScriptedGitHub().says(list, { json: odd }), state);
    expect([run.events, run.skipped.length]).toEqual([[], 3]);
    const none = await runLook(tags, new ScriptedGitHub().says(list, { json: { message: 'Hello' } }), state);
    expect(none).toMatchObject({ events: [], state });
  });

  it('beyond what can be remembered are left out, the oldest versions first, and none is told for it', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) => ({
      ref: `refs/tags/v1.${index}`,
      object: {
        type: 'commit',
        sha: `${(index * 2_654_435_761).toString(16).padStart(12, '0').slice(-12)}${'0'.repeat(28)}`,
      },
    }));
    const github = new ScriptedGitHub().says(list, { json: many });
    const first = await runLook(tags, github);
    expect(first.state?.limited).toBe(true);
    const newer = new ScriptedGitHub().says(list, {
      json: [ref('v1.0.1', 'e'), ...many, ref('v1.9000', 'f')],
    });
    const second = await runLook(tags, newer, first.state);
    expect(titles(second.events)).toEqual(['Tag v1.9000 created at ffffffff']);
    expect(JSON.stringify(second.state).length).toBeLessThan(22_000);
  });
});
