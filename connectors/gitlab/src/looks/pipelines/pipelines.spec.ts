import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { LivingGitLab } from '../../testing/living-gitlab.js';
import { type PretendPipeline, pretendPipelines } from '../../testing/pretend-pipelines.js';
import { type LookRun, ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { pipelines } from './pipelines.js';

type State = LookRun<NonNullable<Parameters<typeof pipelines.look>[1]>>['state'];

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 10);
const known: NonNullable<State> = { mark: { high: '2026-11-24T09:50:00.000Z' }, known: [] };
const list =
  '/projects/7/pipelines?order_by=updated_at&sort=asc&updated_after=2026-11-24T09%3A40%3A00.000Z&per_page=100';

/** A time that a pipeline runs, from some minutes after ten on. */
function run(at: number, minutes: number, status = 'success') {
  const asked = begin + at * minute;
  return { asked, begins: asked, ends: asked + minutes * minute, status };
}

const pipeline = (id: number, at: number, more: Partial<PretendPipeline> = {}): PretendPipeline => ({
  id,
  runs: [run(at, 2)],
  ...more,
});

/** Looks at a project whose pipelines may be changed between two looks. */
function watcher(all: PretendPipeline[]) {
  const gitlab = new LivingGitLab(begin, pretendPipelines(all));
  let state: State;
  const round = {
    beginning: new Date(begin - 120 * minute).toISOString(),
    started: new Date(begin).toISOString(),
  };
  return {
    all,
    forget: (to: State) => (state = to),
    async look(at: number) {
      gitlab.time = begin + at * minute;
      gitlab.counted.length = 0;
      const looked = await runLook(pipelines, gitlab, state, round);
      ({ state } = looked);
      return { ...looked, told: looked.events.map(({ title }) => title), counted: [...gitlab.counted] };
    },
  };
}

const many = (from: number, count: number, at: number) =>
  Array.from({ length: count }, (_, index) => pipeline(from + index, at + index / 200));

it('tells at the first look what has happened since the beginning, as the past', async () => {
  const watched = watcher([pipeline(1, -200), pipeline(2, -60), pipeline(3, -1)]);
  const { events, told, busy } = await watched.look(0);
  expect(told).toEqual([
    'Pipeline #2 started on main',
    'Pipeline #2 succeeded on main',
    'Pipeline #3 started on main',
  ]);
  expect(events.every(({ backfill }) => backfill)).toBe(true);
  expect(busy).toBe(true);
  const next = await watched.look(2);
  expect(next.told).toEqual(['Pipeline #3 succeeded on main']);
  expect([next.events[0]?.backfill, next.busy]).toEqual([undefined, false]);
});

it('asks one question where nothing has changed, which the ETag answers', async () => {
  const watched = watcher([...many(1, 80, -100), pipeline(99, -3)]);
  await watched.look(0);
  await watched.look(1);
  const { told, counted } = await watched.look(2);
  expect([told, counted]).toEqual([[], []]);
});

it.each([
  ['that was seen running', [2, 4, 41], [[], ['failed'], []]],
  ['that was never seen running', [4, 41], [[], ['failed']]],
])('tells the ending of one %s and waits long to run again', async (_, looks, endings) => {
  const retried = { asked: begin + 3.5 * minute, begins: begin + 40 * minute, ends: begin + 50 * minute };
  const watched = watcher([]);
  await watched.look(0);
  watched.all.push(pipeline(1, 1, { runs: [run(1, 2, 'failed'), { ...retried, status: 'success' }] }));
  watched.all.push(pipeline(2, 20), pipeline(3, 39));
  const told: string[][] = [];
  for (const at of looks) {
    const { events } = await watched.look(at);
    const own = events.filter(({ subject }) => subject?.endsWith('/1'));
    told.push(own.flatMap(({ status }) => (status === 'running' ? [] : [status ?? ''])));
  }
  expect(told).toEqual(endings);
});

it('does not tell once more the ending of one that it has forgotten, when it waits to run again', async () => {
  const retried = { asked: begin + minute, begins: begin + 40 * minute, ends: begin + 50 * minute };
  const watched = watcher([
    pipeline(1, -90, { runs: [run(-90, 2, 'failed'), { ...retried, status: 'success' }] }),
  ]);
  watched.forget(known);
  const endings = [];
  for (const at of [2, 41, 51]) {
    const { events } = await watched.look(at);
    endings.push(events.flatMap(({ status }) => (status === 'running' ? [] : [status])));
  }
  expect(endings).toEqual([[], [], ['success']]);
});

it('goes through all that is new, also where it is more than is remembered', async () => {
  const watched = watcher(many(1, 40, -100));
  await watched.look(0);
  watched.all.push(...many(100, 250, 3), ...many(400, 20, 4));
  expect((await watched.look(10)).told).toHaveLength(540);
  expect((await watched.look(11)).told).toEqual([]);
});

it('keeps again and again how far it has come', async () => {
  const watched = watcher(Array.from({ length: 150 }, (_, index) => pipeline(index + 1, -100 + index / 10)));
  const { pages } = await watched.look(0);
  expect(pages.filter(({ state }) => state !== undefined)).toHaveLength(8);
  watched.forget(pages[0]?.state);
  expect((await watched.look(1)).told).toHaveLength(250);
});

it('tells one that the list shows late', async () => {
  const watched = watcher([pipeline(1, 0), pipeline(2, 1, { listed: begin + 6 * minute }), pipeline(3, 2)]);
  expect((await watched.look(5)).told).toHaveLength(4);
  expect((await watched.look(7)).told).toEqual([
    'Pipeline #2 started on main',
    'Pipeline #2 succeeded on main',
  ]);
});

it('tells each ending of one that is retried, and which jobs failed', async () => {
  const watched = watcher([{ id: 1, runs: [run(1, 5, 'failed'), run(8, 4, 'failed'), run(20, 4)] }]);
  await watched.look(0);
  await watched.look(2);
  const { told, events } = await watched.look(7);
  expect(told).toEqual(['Pipeline #1 failed on main: test']);
  expect(events[0]?.data).toMatchObject({
    failed_jobs: [{ name: 'test', stage: 'verify', reason: 'script_failure' }],
    stages: ['verify'],
    commit_message: 'Raise the limit',
    duration_seconds: 60,
  });
  expect((await watched.look(9)).told).toEqual([]);
  const again = await watched.look(13);
  expect(again.told).toEqual(['Pipeline #1 failed on main: test']);
  expect(again.events[0]?.key_parts).not.toEqual(events[0]?.key_parts);
  expect((await watched.look(25)).told).toEqual(['Pipeline #1 succeeded on main']);
});

it('tells by its jobs how one has ended that runs again already', async () => {
  const watched = watcher([{ id: 1, runs: [run(1, 1, 'failed'), run(2.5, 10)] }]);
  await watched.look(0);
  const { told, events } = await watched.look(3);
  expect(told).toEqual(['Pipeline #1 started on main', 'Pipeline #1 failed on main: test']);
  expect(events[1]).toMatchObject({ timestamp: '2026-11-24T10:02:00.000Z', status: 'failed' });
  expect((await watched.look(13)).told).toEqual(['Pipeline #1 succeeded on main']);
});

it('says nothing of what only touches one', async () => {
  const watched = watcher([pipeline(1, -30, { touched: begin + 5 * minute })]);
  await watched.look(0);
  expect((await watched.look(6)).told).toEqual([]);
});

it('says nothing of a start where nothing ran', async () => {
  const runs = ['canceled', 'skipped'].map((status, id) => ({
    id: id + 1,
    runs: [{ asked: begin + minute, ends: begin + 2 * minute, status }],
  }));
  const watched = watcher(runs);
  await watched.look(0);
  expect((await watched.look(5)).told).toEqual([
    'Pipeline #1 was cancelled on main',
    'Pipeline #2 was skipped on main',
  ]);
});

it('asks for what is under way and shows in no list, one at a time, and lets go of what is deleted', async () => {
  const watched = watcher([
    pipeline(1, 0, { runs: [run(0, 400)], deleted: begin + 30 * minute }),
    pipeline(2, 0, { runs: [run(0, 400)] }),
  ]);
  await watched.look(1);
  await watched.look(2);
  expect((await watched.look(5)).counted).toEqual([]);
  const asked = [(await watched.look(12)).counted, (await watched.look(13)).counted].flat();
  expect(asked).toEqual(['/projects/7/pipelines/1', '/projects/7/pipelines/2']);
  expect((await watched.look(14)).counted).toEqual([]);
  await watched.look(31);
  expect((await watched.look(32)).state?.known.map(([id]) => id)).toEqual([2]);
});

it('tells the same under the same keys after a kill', async () => {
  const watched = watcher([pipeline(1, -10)]);
  const { state } = await watched.look(0);
  watched.all.push(pipeline(2, 1));
  const { events } = await watched.look(5);
  watched.forget(state);
  expect((await watched.look(6)).events.map(({ key_parts }) => key_parts)).toEqual(
    events.map(({ key_parts }) => key_parts),
  );
});

it('takes a few KiB of the cursor at most', async () => {
  const { state } = await watcher(many(1_000_000_000, 1_200, -5)).look(0);
  expect(JSON.stringify(state).length).toBeLessThan(8_000);
});

it('tells of a failed child what failed in it, and does without what it may not see', async () => {
  const item = {
    id: 5,
    sha: 'a'.repeat(40),
    ref: 'main',
    status: 'failed',
    updated_at: '2026-11-24T09:55:00Z',
  };
  const bridge = {
    id: 51,
    name: 'deploy',
    stage: 'deploy',
    status: 'failed',
    downstream_pipeline: { id: 6, project_id: 7, status: 'failed' },
  };
  const job = { id: 61, name: 'rollout', stage: 'run', status: 'failed', pipeline: { id: 6 } };
  const gitlab = new ScriptedGitLab()
    .says(list, { json: [item] })
    .says('/projects/7/pipelines/5', { missing: true })
    .says('/projects/7/pipelines/5/jobs?per_page=100', { missing: true })
    .says('/projects/7/pipelines/5/bridges?per_page=100', { json: [bridge] })
    .says('/projects/7/pipelines/6/jobs?scope%5B%5D=failed&per_page=100', { json: [job] });
  const { events } = await runLook(pipelines, gitlab, known);
  expect(events[1]?.data).toMatchObject({
    failed_jobs: [
      { name: 'deploy', downstream_pipeline: 6 },
      { name: 'rollout', stage: 'run', child_pipeline: 6 },
    ],
  });
});

it.each([null, 'nothing', { id: 1 }, [null, { id: 'x' }, []]])('gets over an answer of %j', async (json) => {
  const gitlab = new ScriptedGitLab().says(list, { json });
  const { events, skipped, state } = await runLook(pipelines, gitlab, known);
  expect([events, state?.mark.high]).toEqual([[], known.mark.high]);
  expect(skipped[0]).toMatchObject({ kind: 'unsupported' });
});

it('keeps what it knows where GitLab fails in between', async () => {
  const fails = new SourceError({ code: 'x', detail: 'x', remedy: 'x', kind: 'upstream' });
  const gitlab = new ScriptedGitLab().says(list, { fails });
  await expect(runLook(pipelines, gitlab, known)).rejects.toBe(fails);
});
