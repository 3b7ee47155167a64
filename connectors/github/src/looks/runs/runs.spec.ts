import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { LivingGitHub } from '../../testing/living-github.js';
import { type PretendRun, pretendRuns } from '../../testing/pretend-runs.js';
import { type LookRun, ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { runs } from './runs.js';

type State = LookRun<NonNullable<Parameters<typeof runs.look>[1]>>['state'];

const first = '/repos/acme/api/actions/runs?per_page=30';
const known: NonNullable<State> = { horizon: 0, runs: [], etags: {}, spans: {} };

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 10);

/** A run that was asked for some minutes after ten, and worked for two. */
function aRun(id: number, at: number, more: Partial<PretendRun> = {}): PretendRun {
  const asked = begin + at * minute;
  const [begins, ends] = [asked + minute / 2, asked + 2 * minute];
  return { id, attempts: [{ asked, begins, ends, conclusion: 'success' }], ...more };
}

function attempt(at: number, minutes: number, conclusion = 'success') {
  const asked = begin + at * minute;
  return { asked, begins: asked, ends: asked + minutes * minute, conclusion };
}

/** Looks at a repository whose runs may be changed between two looks. */
function watcher(all: PretendRun[]) {
  const github = new LivingGitHub(begin, pretendRuns(all));
  let state: State;
  const round = {
    beginning: new Date(begin - 120 * minute).toISOString(),
    started: new Date(begin).toISOString(),
  };
  return {
    github,
    all,
    forget: (to: State) => (state = to),
    async look(at: number) {
      github.time = begin + at * minute;
      github.counted.length = 0;
      const run = await runLook(runs, github, state, round);
      ({ state } = run);
      return { ...run, told: run.events.map(({ title }) => title), counted: [...github.counted] };
    },
  };
}

const many = (from: number, count: number, at: number) =>
  Array.from({ length: count }, (_, index) => aRun(from + index, at));

it('tells at the first look what has happened since the beginning, as the past', async () => {
  const watched = watcher([aRun(1, -200), aRun(2, -60), aRun(3, -1)]);
  const { events, told, busy } = await watched.look(0);
  expect(told).toEqual(['CI #2 started on main', 'CI #2 succeeded on main', 'CI #3 started on main']);
  expect(events.every(({ backfill }) => backfill)).toBe(true);
  expect(busy).toBe(true);
  const next = await watched.look(2);
  expect(next.told).toEqual(['CI #3 succeeded on main']);
  expect(next.events[0]?.backfill).toBeUndefined();
  expect(next.busy).toBe(false);
});

it('goes on behind the thousand runs that a filter finds, asking for details of the newest only', async () => {
  const failed = (id: number) => ({ id: id + 1, attempts: [attempt(id / 25 - 100, 1, 'failure')] });
  const { told, counted } = await watcher(
    Array.from({ length: 2_100 }, (_, id) => failed(id) as PretendRun),
  ).look(60);
  expect(told).toHaveLength(4_200);
  expect(counted.filter((path) => path.includes('/jobs')).length).toBeLessThanOrEqual(2_000);
});

it('does not begin anew where one second has more runs than a filter finds', async () => {
  const { told, counted } = await watcher(many(1, 1_010, -10)).look(0);
  expect([told.length, counted.length]).toEqual([2_000, 20]);
});

it('costs nothing where nothing has changed', async () => {
  const watched = watcher(many(1, 80, -100));
  await watched.look(0);
  await watched.look(1);
  const { told, counted } = await watched.look(2);
  expect([told, counted]).toEqual([[], []]);
  expect((await watched.look(20)).counted).toEqual([]);
});

it('goes through all pages of what is new', async () => {
  const watched = watcher(many(1, 40, -100));
  await watched.look(0);
  await watched.look(1);
  watched.all.push(...many(100, 75, 3));
  expect((await watched.look(10)).told).toHaveLength(150);
  expect((await watched.look(11)).told).toEqual([]);
});

it('tells a run that the list shows late', async () => {
  const watched = watcher([aRun(1, 0), aRun(2, 1, { listed: begin + 30 * minute }), aRun(3, 2)]);
  expect((await watched.look(20)).told).toHaveLength(4);
  expect((await watched.look(31)).told).toEqual(['CI #2 started on main', 'CI #2 succeeded on main']);
});

it('tells every attempt, and which jobs and steps failed', async () => {
  const watched = watcher([{ id: 1, attempts: [attempt(1, 5, 'failure'), attempt(8, 4)] }]);
  await watched.look(0);
  await watched.look(2);
  const { told, events } = await watched.look(10);
  expect(told).toEqual(['CI #1 failed on main: test', 'CI #1 (attempt 2) started on main']);
  expect(events[0]?.data).toMatchObject({ failed_jobs: [{ name: 'test', failed_steps: ['Run tests'] }] });
  expect((await watched.look(13)).told).toEqual(['CI #1 (attempt 2) succeeded on main']);
});

it('finds an old run that is run again, at once if it takes a while, else by the next comparison', async () => {
  const watched = watcher([
    { id: 1, attempts: [attempt(-110, 1, 'failure'), attempt(18, 30)] },
    { id: 2, attempts: [attempt(-109, 1, 'failure'), attempt(18.2, 0.5)] },
    ...many(3, 40, -100),
  ]);
  await watched.look(0);
  await watched.look(17);
  expect((await watched.look(19)).told).toEqual(['CI #1 (attempt 2) started on main']);
  const compared = await watched.look(33);
  expect(compared.told).toEqual(['CI #2 (attempt 2) started on main', 'CI #2 (attempt 2) succeeded on main']);
  const actions = '/repos/acme/api/actions/runs';
  expect(compared.counted).toEqual([`${actions}/1`, `${actions}?created=2026-11-24&per_page=100`]);
  expect((await watched.look(49)).told).toEqual(['CI #1 (attempt 2) succeeded on main']);
});

it('finds what is run again weeks later', async () => {
  const days = -24 * 60;
  const watched = watcher([
    ...[20 * days, 29 * days].map((at, index): PretendRun => ({
      id: 1 + index,
      attempts: [attempt(at, 1), attempt(18.2, 0.5)],
    })),
    ...many(3, 40, -100),
  ]);
  await watched.look(0);
  await watched.look(17);
  expect((await watched.look(33)).told.filter((title) => title.includes('succeeded'))).toEqual([
    'CI #1 (attempt 2) succeeded on main',
    'CI #2 (attempt 2) succeeded on main',
  ]);
});

it('tells a run that had to be approved once it was, as the same attempt or as another', async () => {
  const unapproved = attempt(1, 0, 'action_required');
  const watched = watcher([1, 2].map((id) => ({ id, attempts: [unapproved] })));
  await watched.look(0);
  const { told, busy } = await watched.look(5);
  expect([told, busy]).toEqual([[], false]);
  watched.all[0] = { id: 1, attempts: [attempt(6, 3)] };
  watched.all[1] = { id: 2, attempts: [unapproved, attempt(6, 3)] };
  expect((await watched.look(7)).told).toEqual([
    'CI #2 (attempt 2) started on main',
    'CI #1 started on main',
  ]);
  expect((await watched.look(10)).told).toHaveLength(2);
});

it('asks one question more for each state that a run comes to, however many runs there are', async () => {
  const watched = watcher(many(1, 40, -100));
  await watched.look(0);
  await watched.look(1);
  watched.all.push(aRun(100, 2));
  expect((await watched.look(3)).counted).toEqual([first]);
  expect((await watched.look(5)).counted).toEqual([first]);
});

it('asks for no more attempts than there can be', async () => {
  const endless: PretendRun = aRun(1, 1);
  const world = pretendRuns([endless]);
  const github = new LivingGitHub(begin + 10 * minute, (path, query, now) => {
    const answer = world(path, query, now);
    const text = JSON.stringify(answer)?.replaceAll('"run_attempt":1,', '"run_attempt":1000000000,');
    return text === undefined ? undefined : (JSON.parse(text) as typeof answer);
  });
  await runLook(runs, github, known);
  expect(github.counted.length).toBeLessThan(60);
});

it('follows open runs behind the first page, and lets go of those that are deleted', async () => {
  const watched = watcher([
    { id: 1, attempts: [attempt(-5, 40)] },
    { id: 2, attempts: [attempt(-5, 400)], deleted: begin + 20 * minute },
  ]);
  await watched.look(0);
  watched.all.push(...many(3, 40, 1));
  await watched.look(10);
  const { busy, told } = await watched.look(12);
  expect([busy, told]).toEqual([true, []]);
  const { told: ended, busy: still } = await watched.look(36);
  expect([ended, still]).toEqual([['CI #1 succeeded on main'], false]);
});

it('says nothing of a start where a run was cancelled in the queue', async () => {
  const asked = begin + minute;
  const attempts: PretendRun['attempts'] = [{ asked, ends: asked + minute, conclusion: 'cancelled' }];
  const watched = watcher([{ id: 1, attempts }]);
  expect((await watched.look(0)).told).toEqual([]);
  expect((await watched.look(5)).told).toEqual(['CI #1 was cancelled on main']);
});

it('tells the same under the same keys after a kill', async () => {
  const watched = watcher([aRun(1, -10)]);
  const { state } = await watched.look(0);
  watched.all.push(aRun(2, 1));
  const { events } = await watched.look(5);
  watched.forget(state);
  expect((await watched.look(6)).events.map((event) => event.key_parts)).toEqual(
    events.map((event) => event.key_parts),
  );
});

it.each([null, 'nothing', { workflow_runs: 3 }, { workflow_runs: [null, { id: 'x' }, []] }])(
  'gets over an answer of %j',
  async (json) => {
    const github = new ScriptedGitHub().says(first, { json });
    const { events, skipped } = await runLook(runs, github, known);
    expect(events).toEqual([]);
    expect(skipped[0]).toMatchObject({ kind: 'unsupported' });
  },
);

it('keeps what it knows where GitHub fails in between', async () => {
  const fails = new SourceError({ code: 'x', detail: 'x', remedy: 'x', kind: 'upstream' });
  const github = new ScriptedGitHub().says(first, { fails });
  await expect(runLook(runs, github, known)).rejects.toBe(fails);
});
