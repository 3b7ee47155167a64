import { SourceError } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { activity } from './activity.js';

const list = '/repos/acme/api/activity?per_page=100';
const zeros = '0'.repeat(40);
const sha = (letter: string) => letter.repeat(40);
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 9, minutes)).toISOString();

interface Move {
  id: number;
  before?: string;
  after?: string;
  ref?: string;
  activity_type?: string;
  timestamp?: string;
}

const entry = ({ id, ...move }: Move) => ({
  id,
  before: sha('a'),
  after: sha('b'),
  ref: 'refs/heads/main',
  timestamp: at(id % 60),
  activity_type: 'push',
  actor: { login: 'ada' },
  ...move,
});

/** A GitHub whose activity is this, the newest first, and which knows nothing of commits. */
function gitHub(...moves: Move[]): ScriptedGitHub {
  return without(new ScriptedGitHub().says(list, { json: moves.map(entry) }));
}

function without(github: ScriptedGitHub): ScriptedGitHub {
  for (const before of 'abcde') {
    for (const after of 'abcde') {
      github.says(`/repos/acme/api/compare/${sha(before)}...${sha(after)}`, { missing: true });
    }
  }
  return github;
}

const asForced = { before: sha('b'), after: sha('a'), activity_type: 'force_push' };
const keysOf = (events: readonly { key_parts: readonly string[] }[]) =>
  events.map(({ key_parts }) => key_parts.join(' '));
const compared = (github: ScriptedGitHub) => github.asked.filter((target) => target.includes('/compare/'));

describe('the first look', () => {
  it('tells what has happened since the beginning, the oldest first, as the past', async () => {
    const github = gitHub(
      { id: 3 },
      { id: 2, before: zeros, activity_type: 'branch_creation' },
      { id: 1, timestamp: '2026-10-01T00:00:00Z' },
    );
    const { events, state } = await runLook(activity, github);
    expect(events.map(({ type, backfill, timestamp }) => [type, backfill, timestamp])).toEqual([
      ['branch_created', true, at(2)],
      ['push', true, at(3)],
    ]);
    expect(state?.seen).toEqual([3, 2, 1]);
  });

  it('asks for the commits of the newest pushes only, and of branches that come and go for none', async () => {
    const pushes = Array.from({ length: 40 }, (_, index) => ({
      id: 50 - index,
      before: sha('c'),
      after: sha('d'),
    }));
    const github = gitHub({ id: 59, after: zeros, activity_type: 'branch_deletion' }, ...pushes);
    const { events } = await runLook(activity, github);
    expect(events).toHaveLength(41);
    expect(compared(github)).toHaveLength(29);
  });

  it('goes through the pages until the beginning, and tells them in the order they happened', async () => {
    const pages = [
      [entry({ id: 9 })],
      [entry({ id: 9 }), entry({ id: 8, after: sha('c') })],
      [entry({ id: 1, timestamp: at(-60 * 24 * 8) })],
      [{}],
    ];
    const github = without(new ScriptedGitHub().says(list, { pages }));
    const { events, skipped } = await runLook(activity, github);
    expect(events.map(({ data }) => data)).toMatchObject([{ after: sha('c') }, { after: sha('b') }]);
    expect(skipped).toEqual([]);
  });
});

describe('a later look', () => {
  it('costs one question when nothing is new, answered by the ETag', async () => {
    const github = without(new ScriptedGitHub().says(list, { json: [entry({ id: 1 })], etag: '"one"' }));
    const first = await runLook(activity, github);
    github.asked.length = 0;
    const { events, state } = await runLook(activity, github, first.state);
    expect([events, state, github.asked]).toEqual([[], first.state, [list]]);
  });

  it('tells nothing again when the list has changed otherwise', async () => {
    const { state } = await runLook(activity, gitHub({ id: 2 }, { id: 1 }));
    expect((await runLook(activity, gitHub({ id: 2 }), state)).events).toEqual([]);
  });

  it('tells what comes late, behind newer entries', async () => {
    const { state } = await runLook(activity, gitHub({ id: 20 }, { id: 10 }));
    const late = { id: 15, before: sha('c'), after: sha('d') };
    const { events } = await runLook(activity, gitHub({ id: 20 }, late, { id: 10 }), state);
    expect(events.map(({ data }) => data)).toMatchObject([{ after: sha('d') }]);
  });

  it('reads on until what it knows after an outage', async () => {
    const { state } = await runLook(activity, gitHub({ id: 1 }));
    const page = (from: number) =>
      Array.from({ length: 100 }, (_, index) =>
        entry({ id: from - index, ref: `refs/heads/b${from - index}` }),
      );
    const github = without(
      new ScriptedGitHub().says(list, { pages: [page(250), page(150), [entry({ id: 1 })], [{}]] }),
    );
    const { events, pages, skipped } = await runLook(activity, github, state);
    expect(new Set(keysOf(events)).size).toBe(200);
    expect(pages.map((found) => found.state !== undefined)).toEqual([false, false, true]);
    expect(skipped).toEqual([]);
  });

  it('tells only branches that are watched', async () => {
    const { state } = await runLook(activity, gitHub());
    const github = gitHub({ id: 2, ref: 'refs/heads/try/1' }, { id: 1 });
    const { events } = await runLook(activity, github, state, { watches: (branch) => branch === 'main' });
    expect(events.map(({ subject }) => subject)).toEqual(['acme/api/branch/main']);
    expect(compared(github)).toHaveLength(1);
  });
});

describe('a branch that goes back and forth', () => {
  const backAndForth = [{ id: 3 }, { id: 2, ...asForced }, { id: 1 }];
  const keys = ['github.test', 'push', '7', 'refs/heads/main'];

  it('is one change each time, when one look sees it', async () => {
    const { events } = await runLook(activity, gitHub(...backAndForth));
    expect(events.map(({ key_parts }) => key_parts)).toEqual([
      [...keys, sha('a'), sha('b')],
      [...keys, sha('b'), sha('a')],
      [...keys, sha('a'), sha('b'), '3'],
    ]);
  });

  it('has the same keys when each step is seen by a look of its own, and from a second integration', async () => {
    const whole = await runLook(activity, gitHub(...backAndForth));
    let state = (await runLook(activity, gitHub())).state;
    const seen: string[] = [];
    for (const from of [2, 1, 0]) {
      const run = await runLook(activity, gitHub(...backAndForth.slice(from)), state);
      seen.push(...keysOf(run.events));
      state = run.state;
    }
    expect(seen).toEqual(keysOf(whole.events));
    expect(new Set(seen).size).toBe(3);
  });

  it('is recognised further back than a page goes, by one question about its ref', async () => {
    const others = (from: number) =>
      Array.from({ length: 100 }, (_, index) => ({
        id: from - index,
        ref: `refs/heads/b${from - index}`,
        after: zeros,
        activity_type: 'branch_deletion',
      }));
    const { state } = await runLook(activity, gitHub({ id: 2, ...asForced }, { id: 1 }));
    const busy = await runLook(activity, gitHub(...others(200), { id: 2, ...asForced }), state);
    const busier = await runLook(activity, gitHub(...others(300), ...others(200)), busy.state);

    const history = '/repos/acme/api/activity?ref=refs/heads/main&per_page=100';
    const github = without(new ScriptedGitHub())
      .says(list, { pages: [[entry({ id: 301 }), ...others(300).map(entry)], [{}]] })
      .says(history, { json: [{ id: 301 }, { id: 2, ...asForced }, { id: 1 }].map(entry) });
    const { events } = await runLook(activity, github, busier.state);
    expect(events.map(({ key_parts }) => key_parts.at(-1))).toEqual(['301']);
    expect(github.asked.filter((target) => target.includes('?ref='))).toHaveLength(1);
  });

  it('is not asked about where it never was set back', async () => {
    const { state } = await runLook(activity, gitHub({ id: 1 }));
    const github = without(
      new ScriptedGitHub().says(list, {
        pages: [[entry({ id: 2, before: sha('b'), after: sha('c') }), entry({ id: 1 })], []],
      }),
    );
    await runLook(activity, github, state);
    expect(github.asked).toEqual([list, `/repos/acme/api/compare/${sha('b')}...${sha('c')}`]);
  });

  it('keeps the first key for what was told first, though an earlier equal move comes late', async () => {
    const { state } = await runLook(activity, gitHub({ id: 9 }));
    const { events } = await runLook(activity, gitHub({ id: 9 }, { id: 8, ...asForced }, { id: 7 }), state);
    expect(events.map(({ key_parts }) => key_parts.at(-1))).toEqual(['7', sha('a')]);
  });
});

describe('what GitHub can’t say', () => {
  const comparison = `/repos/acme/api/compare/${sha('a')}...${sha('b')}`;
  const fails = (code: string) => ({
    fails: new SourceError({ code, detail: 'It fails.', remedy: 'Wait.', kind: 'upstream' }),
  });
  const just = { id: 1, timestamp: '2026-11-24T09:59:00Z' };

  it('ends the look when it may pass, so that a push is told with its commits', async () => {
    for (const code of ['github-failing', 'github-timeout', 'rate-limited']) {
      const run = runLook(activity, gitHub(just).says(comparison, fails(code)));
      await expect(run).rejects.toMatchObject({ code });
    }
    const limited = runLook(activity, gitHub({ id: 1 }).says(comparison, fails('rate-limited')));
    await expect(limited).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('is left out when it stays: a difference may be too large', async () => {
    const large = await runLook(activity, gitHub(just).says(comparison, fails('answer-too-large')));
    const failing = await runLook(activity, gitHub({ id: 1 }).says(comparison, fails('github-failing')));
    expect([large, failing].map(({ events }) => events[0]?.title)).toEqual(
      Array<string>(2).fill('main moved forward to bbbbbbbb'),
    );
  });

  it('is counted where it can’t be read, and keeps the rest from nothing', async () => {
    const odd = [null, 7, { id: 'x' }, entry({ id: 4, activity_type: 'time_travel' }), entry({ id: 1 })];
    const github = without(new ScriptedGitHub().says(list, { json: odd }));
    const { events, skipped } = await runLook(activity, github);
    expect(events).toHaveLength(1);
    expect(skipped.map(({ kind }) => kind)).toEqual(Array(4).fill('unsupported'));
    expect(compared(github)).toHaveLength(1);
  });

  it('is no reason to forget anything when it is no list', async () => {
    const { state } = await runLook(activity, gitHub({ id: 1 }));
    const github = new ScriptedGitHub().says(list, { json: { message: 'Hello' } });
    expect(await runLook(activity, github, state)).toMatchObject({ events: [], state });
    expect((await runLook(activity, github)).state).toBeUndefined();
  });
});
