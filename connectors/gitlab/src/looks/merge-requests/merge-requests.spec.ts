import { describe, expect, it } from 'vitest';
import { type Scene, gitLabOf, now, toldBy } from '../../testing/merge-request-scene.js';
import { type ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { approvalsPayload, head, mergeRequestPayload, people } from '../../testing/tickets.js';
import { mergeRequests } from './merge-requests.js';

const minute = 60_000;

async function afterFirst(...scenes: Scene[]) {
  const { state } = await runLook(mergeRequests, gitLabOf(scenes));
  return state;
}

describe('a later look at merge requests', () => {
  it('asks one question where nothing is new', async () => {
    const state = await afterFirst({}, { iid: 43, merged: '2026-11-24T09:30:00.000Z' });
    const second = gitLabOf([{}, { iid: 43, merged: '2026-11-24T09:30:00.000Z' }], now + minute);
    const run = await runLook(mergeRequests, second, state);
    const third = gitLabOf([{}, { iid: 43, merged: '2026-11-24T09:30:00.000Z' }], now + 2 * minute);
    const last = await runLook(mergeRequests, third, run.state ?? state);
    expect([second.asked.length, third.asked.length]).toEqual([1, 1]);
    expect([...run.events, ...last.events]).toEqual([]);
  });

  it('asks nothing about a merged one that somebody still talks of', async () => {
    const merged = { merged: '2026-11-24T09:30:00.000Z' };
    const state = await afterFirst(merged);
    const gitlab = gitLabOf([{ ...merged, updated: '2026-11-24T10:00:30.000Z' }], now + minute);
    await runLook(mergeRequests, gitlab, state);
    expect(gitlab.asked).toHaveLength(1);
  });

  it('tells news over pages, of which the list is asked for anew behind each', async () => {
    const state = await afterFirst({});
    const many = Array.from({ length: 230 }, (_, index) => ({
      iid: 1_000 + index,
      created: new Date(now + 1_000 + index * 10).toISOString(),
    }));
    const gitlab = gitLabOf(many, now + minute);
    const run = await runLook(mergeRequests, gitlab, state);
    expect(new Set(toldBy(run)).size).toBe(230);
    expect(run.events).toHaveLength(230);
    expect(gitlab.windows.length).toBeGreaterThan(2);
  });

  it('tells one that shows late, though it was touched before the last look', async () => {
    const shape = { updated: '2026-11-24T09:59:00.000Z' };
    const state = await afterFirst(shape);
    const late = { iid: 41, created: '2026-11-24T09:55:00.000Z' };
    const run = await runLook(mergeRequests, gitLabOf([shape, late], now + minute), state);
    expect(toldBy(run)).toEqual(['9041 opened']);
  });

  it('tells A→B→A→B of heads and targets as three of each', async () => {
    let state = await afterFirst({});
    const told: string[] = [];
    for (const [index, to] of ['b', 'a', 'b'].entries()) {
      const updated = new Date(now + index * minute + 30_000).toISOString();
      const scene = { head: to === 'b' ? head.b : head.a, target: to === 'b' ? 'next' : 'main', updated };
      const run = await runLook(mergeRequests, gitLabOf([scene], now + (index + 1) * minute), state);
      state = run.state;
      told.push(...toldBy(run));
    }
    expect(told).toEqual([
      `9042 head ${head.b}`,
      '9042 target next',
      `9042 head ${head.a}`,
      '9042 target main',
      `9042 head ${head.b} 2`,
      '9042 target next 2',
    ]);
  });

  it('tells each head that it had in between, and when, where GitLab says so', async () => {
    const heads: NonNullable<Scene['heads']> = [
      [head.a, '2026-11-24T09:00:00.120Z'],
      [head.b, '2026-11-24T10:00:10.000Z'],
      [head.b, '2026-11-24T10:00:15.000Z'],
      [head.a, '2026-11-24T10:00:20.000Z'],
      [head.b, '2026-11-24T10:00:30.000Z'],
      [head.c, '2026-11-24T10:00:59.000Z'],
    ];
    const scene: Scene = { head: head.b, updated: '2026-11-24T10:00:31.000Z', heads };
    const run = await runLook(mergeRequests, gitLabOf([scene], now + minute), await afterFirst({}));
    expect(toldBy(run)).toEqual([`9042 head ${head.b}`, `9042 head ${head.a}`, `9042 head ${head.b} 2`]);
    expect(run.events.map(({ timestamp }) => timestamp)).toEqual([
      heads[1]?.[1],
      heads[3]?.[1],
      heads[4]?.[1],
    ]);
    expect(run.events[1]).toMatchObject({
      time_precision: 'exact',
      data: { before: head.b, head_commit: head.a },
    });
    expect(run.events[1]?.data).not.toHaveProperty('commit_count');
    expect(run.events[2]?.data).toHaveProperty('commit_count');
  });

  it('tells the heads that one has had since it was opened, though nobody has looked in between', async () => {
    const scene: Scene = {
      head: head.b,
      created: '2026-11-24T10:00:05.000Z',
      updated: '2026-11-24T10:00:31.000Z',
      heads: [
        [head.a, '2026-11-24T10:00:05.120Z'],
        [head.b, '2026-11-24T10:00:30.000Z'],
        [head.c, '2026-11-24T10:00:59.000Z'],
      ],
    };
    const run = await runLook(mergeRequests, gitLabOf([scene], now + minute), await afterFirst({ iid: 1 }));
    expect(toldBy(run)).toEqual(['9042 opened', `9042 head ${head.b}`]);
    expect(run.events[1]).toMatchObject({ timestamp: '2026-11-24T10:00:30.000Z', data: { before: head.a } });
  });

  it('tells approvals that come and go', async () => {
    let state = await afterFirst({});
    const told: unknown[] = [];
    const steps: NonNullable<Scene['approvals']>[] = [
      [[people.cora]],
      [],
      [[people.cora, '2026-11-24T10:02:10.000Z']],
    ];
    for (const [index, approvals] of steps.entries()) {
      const updated = new Date(now + index * minute + 30_000).toISOString();
      const run = await runLook(
        mergeRequests,
        gitLabOf([{ updated, approvals }], now + (index + 1) * minute),
        state,
      );
      state = run.state;
      told.push(
        ...run.events.map(({ key_parts, title, timestamp, time_precision }) => [
          key_parts.slice(3).join(' '),
          title.split(':')[0],
          timestamp,
          time_precision,
        ]),
      );
    }
    expect(told).toEqual([
      ['approved 12', '!42 approved by cora', '2026-11-24T10:00:30.000Z', 'gap'],
      ['unapproved 12', '!42 no longer approved by cora', '2026-11-24T10:01:30.000Z', 'gap'],
      ['approved 12 2', '!42 approved by cora', '2026-11-24T10:02:10.000Z', 'exact'],
    ]);
  });

  it('tells approvals that a push undoes a moment later, which touches nothing', async () => {
    const approved: Scene = { approvals: [[people.cora]] };
    const pushed: Scene = { head: head.b, updated: '2026-11-24T10:00:55.000Z' };
    const early = gitLabOf([{ ...pushed, ...approved }], now + minute);
    const first = await runLook(mergeRequests, early, await afterFirst(approved));
    const second = await runLook(mergeRequests, gitLabOf([pushed], now + 2 * minute), first.state);
    expect([toldBy(first), toldBy(second)]).toEqual([[`9042 head ${head.b}`], ['9042 unapproved 12']]);
    const quiet = gitLabOf([pushed], now + 3 * minute);
    await runLook(mergeRequests, quiet, second.state);
    expect(quiet.asked).toHaveLength(1);
  });

  it('tells what happened between two looks in its order', async () => {
    const state = await afterFirst({ iid: 1, created: '2026-11-24T08:00:00.000Z' });
    const scene: Scene = {
      created: '2026-11-24T10:00:05.000Z',
      merged: '2026-11-24T10:00:40.000Z',
      states: [
        [70, 'closed', '2026-11-24T10:00:10.000Z'],
        [71, 'reopened', '2026-11-24T10:00:20.000Z'],
        [72, 'merged', '2026-11-24T10:00:40.000Z'],
      ],
      approvals: [[people.dan]],
    };
    const run = await runLook(mergeRequests, gitLabOf([scene], now + minute), state);
    expect(toldBy(run)).toEqual([
      '9042 opened',
      '9042 closed 70',
      '9042 reopened 71',
      '9042 approved 13',
      '9042 merged',
    ]);
    expect(run.events.at(-1)).toMatchObject({ data: { approvals: ['dan'] } });
    expect(run.events[0]?.data).not.toHaveProperty('approvals');
  });

  it('asks again for an event that shows later than the state that it is of', async () => {
    const state = await afterFirst({});
    const at = '2026-11-24T10:00:30.000Z';
    const early = await runLook(mergeRequests, gitLabOf([{ closed: at, updated: at }], now + minute), state);
    const scene: Scene = { closed: at, updated: at, states: [[70, 'closed', at]] };
    const late = await runLook(mergeRequests, gitLabOf([scene], now + 2 * minute), early.state);
    expect([toldBy(early), toldBy(late)]).toEqual([[], ['9042 closed 70']]);
  });

  it('tells a merge that shows before GitLab says when it was, once it does', async () => {
    const at = '2026-11-24T10:00:30.000Z';
    const payload = { ...mergeRequestPayload({ merged: at, updated: at }), merged_at: null };
    const early = await runLook(mergeRequests, gitLabOf([{ payload }], now + minute), await afterFirst({}));
    const scene = { merged: at, updated: at };
    const late = await runLook(mergeRequests, gitLabOf([scene], now + 2 * minute), early.state);
    expect([toldBy(early), toldBy(late)]).toEqual([[], ['9042 merged']]);
    const never = await runLook(mergeRequests, gitLabOf([{ payload }], now + 12 * minute), early.state);
    const quiet = gitLabOf([{ payload }], now + 13 * minute);
    await runLook(mergeRequests, quiet, never.state);
    expect(quiet.asked).toHaveLength(1);
  });

  it('does without what may not be asked for', async () => {
    const gitlab = gitLabOf([{ merged: '2026-11-24T09:30:00.000Z' }]);
    for (const more of ['', '/approvals', '/commits?per_page=100', '/resource_state_events?per_page=100']) {
      gitlab.says(`/projects/7/merge_requests/42${more}`, { missing: true });
    }
    const { events } = await runLook(mergeRequests, gitlab);
    expect(events.map(({ type }) => type)).toEqual(['merge_request_opened', 'merge_request_merged']);
    expect(events[1]?.data).not.toHaveProperty('approvals');
  });

  it('counts commits as GitLab does, where it says so, and long lists of them not at all', async () => {
    const counted = async (script: Parameters<ScriptedGitLab['says']>[1]) => {
      const gitlab = gitLabOf([{}]).says('/projects/7/merge_requests/42/commits?per_page=100', script);
      const [event] = (await runLook(mergeRequests, gitlab)).events;
      return Object.entries(event?.data ?? {}).find(([name]) => name === 'commit_count')?.[1] as unknown;
    };
    expect(await counted({ json: [1, 2], headers: { 'x-total': '512' } })).toBe(512);
    expect(await counted({ json: [1, 2] })).toBe(2);
    expect(await counted({ pages: [[1, 2], [3]] })).toBeUndefined();
  });

  it('waits for the head of one that GitLab still prepares', async () => {
    const payload = { ...mergeRequestPayload(), sha: null };
    const first = gitLabOf([{ payload }]);
    const { state, events } = await runLook(mergeRequests, first);
    expect(events[0]?.refs).toEqual(['change:acme/shop/api!42']);
    const next = await runLook(
      mergeRequests,
      gitLabOf([{ updated: '2026-11-24T10:00:30.000Z' }], now + minute),
      state,
    );
    expect(next.events).toEqual([]);
  });

  it('passes over what it can not read', async () => {
    const odd = [{ updated_at: '2026-11-24T09:00:00.000Z' }, mergeRequestPayload({ iid: 50 })];
    const gitlab = gitLabOf([{ iid: 50 }, { payload: odd[0] }]);
    gitlab.says('/projects/7/merge_requests/50/approvals', { json: approvalsPayload() });
    const run = await runLook(mergeRequests, gitlab);
    expect(toldBy(run)).toEqual(['9050 opened']);
    expect(run.skipped).toEqual([{ kind: 'unsupported', what: 'merge request' }]);
  });

  it('remembers no more than it has room for', async () => {
    const known = Array.from({ length: 500 }, (_, index): [number, string, string, null, null] => [
      10_000 + index,
      '01234567',
      'abcd',
      null,
      null,
    ]);
    const before = { high: '2026-11-24T09:59:00.000Z', touched: [], known, told: [] };
    const { state } = await runLook(
      mergeRequests,
      gitLabOf([{ updated: '2026-11-24T09:59:30.000Z' }]),
      before,
    );
    expect(state?.known).toHaveLength(400);
    expect(state?.known.at(-1)?.slice(0, 2)).toEqual([42, head.a.slice(0, 8)]);
  });
});
