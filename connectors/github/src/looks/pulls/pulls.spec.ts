import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import {
  type PullShape,
  head,
  mergeCommit,
  pullDetails,
  pullPayload,
  reviews,
} from '../../testing/tickets.js';
import { pulls } from './pulls.js';

const now = Date.parse('2026-11-24T10:00:00Z');
const list = (perPage: number) =>
  `/repos/acme/api/pulls?state=all&sort=updated&direction=desc&per_page=${perPage}`;
const open = '/repos/acme/api/pulls?state=open&per_page=100';

/** A GitHub with these pull requests, the one touched last first. */
function gitHub(shapes: PullShape[], at = now): ScriptedGitHub {
  const payloads = shapes.map((shape) => pullPayload(shape));
  const github = new ScriptedGitHub(at)
    .says(open, { json: payloads.filter(({ state }) => state === 'open') })
    .says(list(100), { json: payloads })
    .says(list(30), { json: payloads, etag: JSON.stringify(payloads) });
  for (const shape of shapes) {
    const path = `/repos/acme/api/pulls/${shape.number ?? 42}`;
    github.says(path, { json: pullDetails(shape) }).says(`${path}/reviews?per_page=100`, { json: reviews });
  }
  return github;
}

const titles = ({ events }: { events: readonly { title: string }[] }) => events.map(({ title }) => title);

async function afterFirst(...shapes: PullShape[]) {
  const { state } = await runLook(pulls, gitHub(shapes));
  return state;
}

describe('the first look at pull requests', () => {
  it('tells what was opened and merged since its beginning, as the past', async () => {
    const run = await runLook(
      pulls,
      gitHub([
        { number: 2, created: '2026-11-23T08:00:00Z', merged: '2026-11-23T09:00:00Z' },
        { number: 1, created: '2026-01-01T00:00:00Z', updated: '2026-11-22T00:00:00Z' },
        { number: 3, created: '2026-01-01T00:00:00Z', merged: '2026-01-02T00:00:00Z' },
      ]),
    );
    expect(titles(run)).toEqual(['#2 opened: Retry payments once', '#2 merged: Retry payments once']);
    expect(run.events.map(({ backfill, timestamp }) => [backfill, timestamp])).toEqual([
      [true, '2026-11-23T08:00:00Z'],
      [true, '2026-11-23T09:00:00Z'],
    ]);
  });

  it('asks for the details of the newest fifty only', async () => {
    const shapes = Array.from({ length: 60 }, (_, index) => ({ number: 100 - index }));
    const github = gitHub(shapes);
    const run = await runLook(pulls, github);
    expect(run.events).toHaveLength(60);
    expect(github.asked.filter((address) => /pulls\/\d+$/.test(address))).toHaveLength(50);
    expect(run.events.at(-1)?.data).toMatchObject({ number: 100, additions: 12 });
    expect(run.events[0]?.data).not.toHaveProperty('additions');
  });

  it('knows all that is open, so that a push to an old one is seen', async () => {
    const old = { created: '2020-01-01T00:00:00Z' };
    const github = gitHub([]).says(open, { json: [pullPayload(old)] });
    const { events, state } = await runLook(pulls, github);
    expect(events).toEqual([]);
    const later = await runLook(
      pulls,
      gitHub([{ ...old, head: head.b, updated: '2026-11-24T10:00:30Z' }], now + 60_000),
      state,
    );
    expect(titles(later)).toEqual(['#42 has new commits: Retry payments once']);
    expect(later.events[0]).toMatchObject({
      time_precision: 'gap',
      data: { before: head.a.slice(0, 8), head_commit: head.b },
    });
  });
});

describe('a later look at pull requests', () => {
  it('asks one question and tells nothing where nothing has changed', async () => {
    const state = await afterFirst({});
    const second = await runLook(pulls, gitHub([{}]), state);
    expect(second.events).toEqual([]);
    const github = gitHub([{}]);
    const third = await runLook(pulls, github, second.state);
    expect(third.pages).toEqual([]);
    expect(github.asked).toEqual([list(30)]);
  });

  it('tells both of one that was opened and merged in between, with all that was asked of it', async () => {
    const shape = { number: 43, created: '2026-11-24T10:00:10Z', merged: '2026-11-24T10:00:40Z' };
    const { events } = await runLook(
      pulls,
      gitHub([{ ...shape, updated: shape.merged }], now + 60_000),
      await afterFirst({}),
    );
    expect(events.map(({ type, timestamp, actor }) => [type, timestamp, actor])).toEqual([
      ['pull_request_opened', shape.created, 'ada'],
      ['pull_request_merged', shape.merged, 'cora'],
    ]);
    expect(events[1]).toMatchObject({
      key_parts: ['github.test', 'pr', '9043', 'merged'],
      status: 'merged',
      refs: ['change:acme/api#43', `commit:${mergeCommit}`, `commit:${head.a}`],
      data: {
        additions: 12,
        deletions: 3,
        files_total: 2,
        commit_count: 4,
        merged: true,
        merged_by: 'cora',
        merge_commit: mergeCommit,
        reviewers: ['cora', 'dan'],
        approvals: ['cora'],
      },
    });
  });

  it('reads on as far as something may have been touched since', async () => {
    const page = Array.from({ length: 30 }, (_, index) =>
      pullPayload({ number: 200 - index, created: '2026-11-24T10:00:30Z' }),
    );
    const github = gitHub([], now + 60_000);
    const touched = page.map(({ number }) => Number(number));
    for (const number of [...touched, 170]) github.says(`/repos/acme/api/pulls/${number}`, { missing: true });
    const old = pullPayload({ number: 41, created: '2026-11-24T08:00:00Z' });
    const second = [pullPayload({ number: 170, created: '2026-11-24T10:00:20Z' }), old];
    github.says(list(30), { pages: [page, second, [{ never: 'read' }]] });
    const run = await runLook(pulls, github, await afterFirst({ number: 41 }, {}));
    expect(run.events).toHaveLength(31);
    expect(run.skipped).toEqual([]);
    expect(run.pages.map(({ state }) => state !== undefined)).toEqual([false, true]);
  });

  it('tells one that shows late, though it was touched before the last look', async () => {
    const late = { number: 41, created: '2026-11-24T09:30:00Z' };
    const { events } = await runLook(
      pulls,
      gitHub([{ updated: '2026-11-24T09:59:00Z' }, late], now + 60_000),
      await afterFirst({ updated: '2026-11-24T09:59:00Z' }),
    );
    expect(events.map(({ key_parts }) => key_parts)).toEqual([['github.test', 'pr', '9041', 'opened']]);
  });

  it('does not take a comment on an old one for news', async () => {
    const old = { number: 1, created: '2026-11-20T00:00:00Z' };
    const known = await afterFirst({});
    const merged = { ...old, number: 2, merged: '2026-11-20T01:00:00Z', updated: '2026-11-24T10:00:40Z' };
    const run = await runLook(
      pulls,
      gitHub([merged, { ...old, updated: '2026-11-24T10:00:30Z' }], now + 60_000),
      known,
    );
    expect(run.events).toEqual([]);
  });

  it('tells A→B→A→B as three heads', async () => {
    let state = await afterFirst({ head: head.a });
    const keys: (readonly string[])[] = [];
    for (const [index, sha] of [head.b, head.a, head.b].entries()) {
      const github = gitHub([{ head: sha, updated: '2026-11-24T10:00:30Z' }], now + index * 60_000);
      const run = await runLook(pulls, github, state);
      state = run.state;
      keys.push(...run.events.map(({ key_parts }) => key_parts.slice(3)));
    }
    expect(keys).toEqual([
      ['head', head.b],
      ['head', head.a],
      ['head', head.b, '2'],
    ]);
  });

  it('dates a head by when its pull request was touched, also where it shows late', async () => {
    const state = await afterFirst({ head: head.a });
    const seen = async (updated: string) => {
      const run = await runLook(pulls, gitHub([{ head: head.b, updated }], now + 60_000), state);
      return run.events.map(({ timestamp, time_precision, data }) => [timestamp, time_precision, data]);
    };
    const before = '2026-11-24T10:00:00.000Z';
    const [now_, late] = ['2026-11-24T10:01:05Z', '2026-11-24T09:59:00Z'];
    expect(await seen(now_)).toMatchObject([[now_, 'gap', { seen_between: { from: before, to: now_ } }]]);
    const [told] = await seen(late);
    expect(told?.slice(0, 2)).toEqual([late, 'gap']);
    expect(told?.[2]).not.toHaveProperty('seen_between');
  });

  it('tells a head that has moved while the first look was taken', async () => {
    const moved = { head: head.b, updated: '2026-11-24T10:00:02Z' };
    const first = gitHub([moved]).says(open, { json: [pullPayload({ head: head.a })] });
    const { state } = await runLook(pulls, first);
    const { events } = await runLook(pulls, gitHub([moved], now + 60_000), state);
    expect(events).toMatchObject([{ data: { before: head.a.slice(0, 8), head_commit: head.b } }]);
  });

  it('dates a head that moved before a merge no later than that', async () => {
    const merged = '2026-11-24T10:00:20Z';
    const { events } = await runLook(
      pulls,
      gitHub([{ head: head.b, merged, updated: merged }], now + 60_000),
      await afterFirst({ head: head.a }),
    );
    expect(events.map(({ type, timestamp }) => [type, timestamp])).toEqual([
      ['pull_request_updated', merged],
      ['pull_request_merged', merged],
    ]);
  });

  it('passes over what it can not read', async () => {
    const github = gitHub([]).says(list(30), { json: [null, { number: 'x' }, pullPayload({ number: 50 })] });
    github.says('/repos/acme/api/pulls/50', { missing: true });
    const run = await runLook(pulls, github, await afterFirst());
    expect(run.events).toHaveLength(1);
    expect(run.skipped).toHaveLength(2);
    const odd = await runLook(pulls, gitHub([]).says(list(30), { json: { message: 'odd' } }), run.state);
    expect(odd.events).toEqual([]);
  });

  it('remembers no more than it has room for', async () => {
    const heads: [number, string][] = Array.from({ length: 1_000 }, (_, index) => [
      10_000 + index,
      '01234567',
    ]);
    const known = { high: '2026-11-24T09:59:00Z', heads, told: [] };
    const { state } = await runLook(pulls, gitHub([{}]), known);
    expect(state?.heads).toHaveLength(1_000);
    expect(state?.heads.at(-1)).toEqual([42, head.a.slice(0, 8)]);
    expect(JSON.stringify(state).length).toBeLessThan(32 * 1_024);
  });
});
