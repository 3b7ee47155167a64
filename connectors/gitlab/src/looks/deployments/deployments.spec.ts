import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { LivingGitLab } from '../../testing/living-gitlab.js';
import { type PretendDeployment, pretendDeployments } from '../../testing/pretend-deployments.js';
import { type LookRun, ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { deployments } from './deployments.js';

type State = LookRun<NonNullable<Parameters<typeof deployments.look>[1]>>['state'];

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 10);
const known: NonNullable<State> = { mark: { high: '2026-11-24T09:50:00.000Z' }, known: [] };
const list =
  '/projects/7/deployments?order_by=updated_at&sort=asc&updated_after=2026-11-24T09%3A40%3A00.000Z&per_page=100';

/** Deployed some minutes after ten; its statuses by how much later it comes to them. */
function deployed(
  id: number,
  at: number,
  statuses: Record<string, number> = { created: 0, running: 1, success: 2 },
  more: Partial<PretendDeployment> = {},
): PretendDeployment {
  const after = Object.entries(statuses).map(
    ([status, later]) => [begin + (at + later) * minute, status] as const,
  );
  return { id, statuses: after, ...more };
}

function watcher(all: PretendDeployment[]) {
  const gitlab = new LivingGitLab(begin, pretendDeployments(all));
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
      const run = await runLook(deployments, gitlab, state, round);
      ({ state } = run);
      return { ...run, told: run.events.map(({ title }) => title), counted: [...gitlab.counted] };
    },
  };
}

const all = [
  'Deployment of main to staging created',
  'Deployment to staging is running',
  'Deployed to staging',
];

it('tells at the first look what has happened since the beginning, as the past', async () => {
  const { events, told, busy } = await watcher([deployed(1, -200), deployed(2, -60)]).look(0);
  expect([told, busy]).toEqual([all, false]);
  expect(events.every(({ backfill }) => backfill)).toBe(true);
  expect(events.map(({ timestamp }) => timestamp.slice(11, 16))).toEqual(['09:00', '09:01', '09:02']);
});

it('tells each status once, also the one that it was in only between two looks', async () => {
  const watched = watcher([]);
  await watched.look(0);
  watched.all.push(deployed(1, 1, { created: 0, running: 3, failed: 4 }));
  const { told, busy } = await watched.look(2);
  expect([told, busy]).toEqual([all.slice(0, 1), true]);
  const { events } = await watched.look(6);
  expect(events.map(({ status, key_parts }) => [status, key_parts.slice(1)])).toEqual([
    ['running', ['deployment_status', '1', 'running']],
    ['failed', ['deployment_status', '1', 'failed']],
  ]);
  expect(await watched.look(7)).toMatchObject({ told: [], busy: false });
});

it('knows nothing of a job where GitLab was only told of a deployment', async () => {
  const watched = watcher([deployed(1, -5, undefined, { told: true })]);
  expect((await watched.look(0)).told).toEqual([all[0], all[2]]);
});

it('tells that one waits for its approval, and what comes of it', async () => {
  const watched = watcher([deployed(1, 1, { created: 0, blocked: 1, running: 60, canceled: 61 })]);
  await watched.look(0);
  expect((await watched.look(3)).told).toEqual([all[0], 'Deployment to staging waits for approval']);
  expect((await watched.look(63)).told).toEqual([all[1], 'Deployment to staging was cancelled']);
});

it.each([{ status: 'blocked' }, { status: 'created', deployable: { id: 5, status: 'manual' } }])(
  'is not busy with one that a human has to let go on: %o',
  async (said) => {
    const deployment = { id: 1, created_at: '2026-11-24T09:55:00Z', updated_at: '2026-11-24T09:55:00Z' };
    const busyWith = async (more: object) =>
      (
        await runLook(
          deployments,
          new ScriptedGitLab().says(list, { json: [{ ...deployment, ...more }] }),
          known,
        )
      ).busy;
    expect([await busyWith(said), await busyWith({ status: 'running' })]).toEqual([false, true]);
  },
);

it('asks one question where nothing has changed, which the ETag answers', async () => {
  const watched = watcher([deployed(1, -60), deployed(2, -50)]);
  await watched.look(0);
  await watched.look(1);
  expect(await watched.look(2)).toMatchObject({ told: [], counted: [] });
});

it('goes through all pages of what is new, and tells what shows late', async () => {
  const watched = watcher([deployed(1, -60)]);
  await watched.look(0);
  const late = deployed(500, 4, undefined, { listed: begin + 11 * minute });
  watched.all.push(
    ...Array.from({ length: 170 }, (_, index) => deployed(100 + index, 3 + index / 100)),
    late,
  );
  expect((await watched.look(10)).told).toHaveLength(510);
  expect((await watched.look(11)).told).toEqual(all);
  expect((await watched.look(12)).told).toEqual([]);
});

it('tells the same under the same keys after a kill', async () => {
  const watched = watcher([deployed(1, -60)]);
  const { state } = await watched.look(0);
  watched.all.push(deployed(2, 1));
  const { events } = await watched.look(5);
  watched.forget(state);
  expect((await watched.look(6)).events).toEqual(events);
});

it('takes a few KiB of the cursor at most', async () => {
  const many = Array.from({ length: 500 }, (_, index) => deployed(1e9 + index, index / 100 - 10));
  expect(JSON.stringify((await watcher(many).look(0)).state).length).toBeLessThan(8_000);
});

it.each([null, 'nothing', { id: 1 }, [null, { id: 'x' }, []]])('gets over an answer of %j', async (json) => {
  const gitlab = new ScriptedGitLab().says(list, { json });
  const { events, skipped } = await runLook(deployments, gitlab, known);
  expect(events).toEqual([]);
  expect(skipped[0]).toMatchObject({ kind: 'unsupported' });
});

it('keeps what it knows where GitLab fails in between', async () => {
  const fails = new SourceError({ code: 'x', detail: 'x', remedy: 'x', kind: 'upstream' });
  const gitlab = new ScriptedGitLab().says(list, { fails });
  await expect(runLook(deployments, gitlab, known)).rejects.toBe(fails);
});
