import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { LivingGitHub } from '../../testing/living-github.js';
import { type PretendDeployment, pretendDeployments } from '../../testing/pretend-deployments.js';
import { type LookRun, ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { deployments } from './deployments.js';

type State = LookRun<NonNullable<Parameters<typeof deployments.look>[1]>>['state'];

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 10);

/** Deployed some minutes after ten; its states by the minute at which it comes to them. */
function deployed(
  id: number,
  at: number,
  states: Record<number, string> = { [at + 1]: 'success' },
  environment = 'production',
): PretendDeployment {
  const statuses = Object.entries(states)
    .map(([minutes, state]) => ({ at: begin + Number(minutes) * minute, state }))
    .sort((one, other) => one.at - other.at)
    .map((status, index) => ({ id: id * 100 + index, ...status }));
  return { id, environment, created: begin + at * minute, statuses };
}

function watcher(all: PretendDeployment[]) {
  const github = new LivingGitHub(begin, pretendDeployments(all));
  let state: State;
  const round = {
    beginning: new Date(begin - 120 * minute).toISOString(),
    started: new Date(begin).toISOString(),
  };
  return {
    all,
    forget: (to: State) => (state = to),
    async look(at: number) {
      github.time = begin + at * minute;
      github.counted.length = 0;
      const run = await runLook(deployments, github, state, round);
      ({ state } = run);
      return { ...run, told: run.events.map(({ title }) => title), counted: [...github.counted] };
    },
  };
}

/** Of as many pull requests, each in an environment of its own. */
function previews(count: number, state: string): PretendDeployment[] {
  return Array.from({ length: count }, (_, index) =>
    deployed(10 + index, -90, { '-89': state }, `pull-${index}`),
  );
}

it('tells at the first look what has happened since the beginning, as the past', async () => {
  const { events, told, busy } = await watcher([deployed(1, -200), deployed(2, -60)]).look(0);
  expect(told).toEqual(['Deployment of main to production created', 'Deployed to production']);
  expect(events.every(({ backfill }) => backfill)).toBe(true);
  expect(busy).toBe(false);
});

it('tells each state once, with the one before', async () => {
  const watched = watcher([]);
  await watched.look(0);
  watched.all.push(deployed(1, 1, { 1: 'queued', 3: 'in_progress', 5: 'failure' }));
  const { told, busy } = await watched.look(2);
  expect(told).toEqual(['Deployment of main to production created', 'Deployment to production is queued']);
  expect(busy).toBe(true);
  const { events } = await watched.look(6);
  expect(events.map(({ status, data }) => [status, data])).toMatchObject([
    ['in_progress', { previous_state: 'queued' }],
    ['failure', { previous_state: 'in_progress' }],
  ]);
  expect((await watched.look(7)).told).toEqual([]);
});

it('costs nothing where nothing has changed', async () => {
  const watched = watcher([deployed(1, -60, { '-59': 'in_progress' }), deployed(2, -50)]);
  await watched.look(0);
  await watched.look(1);
  const { told, counted } = await watched.look(2);
  expect([told, counted]).toEqual([[], []]);
  expect((await watched.look(20)).counted).toEqual([]);
});

it('goes through all pages of what is new, and tells what shows late', async () => {
  const watched = watcher([deployed(1, -60)]);
  await watched.look(0);
  const late = { ...deployed(50, 4), listed: begin + 20 * minute };
  watched.all.push(...Array.from({ length: 70 }, (_, index) => deployed(100 + index, 3)), late);
  expect((await watched.look(10)).told).toHaveLength(140);
  expect((await watched.look(11)).told).toEqual([]);
  expect((await watched.look(21)).told).toHaveLength(2);
});

it('sees the one before turn inactive, also far behind the first page', async () => {
  const watched = watcher([
    deployed(1, -100, { '-99': 'success', 12: 'inactive' }),
    ...previews(110, 'inactive'),
  ]);
  await watched.look(0);
  watched.all.push(deployed(200, 10, { 12: 'success' }));
  expect((await watched.look(13)).told).toEqual([
    'Deployment of main to production created',
    'Deployed to production',
    'Deployment to production is inactive',
  ]);
});

it('sees it also where more previews stand than can be followed', async () => {
  const production = deployed(1, -100, { '-99': 'success', 12: 'inactive' });
  const watched = watcher([production, ...previews(150, 'success')]);
  const { state } = await watched.look(0);
  expect(JSON.stringify(state).length).toBeLessThan(20_000);
  watched.all.push(deployed(200, 10, { 12: 'success' }));
  expect((await watched.look(13)).told).toContain('Deployment to production is inactive');
});

it('tells that an old deployment has come back', async () => {
  const watched = watcher([
    deployed(1, -100, { '-99': 'success', '-80': 'inactive', 12: 'success' }),
    ...previews(70, 'inactive'),
  ]);
  await watched.look(0);
  await watched.look(11);
  const { events } = await watched.look(13);
  expect(events).toMatchObject([{ title: 'Deployed to production', data: { previous_state: 'inactive' } }]);
});

it('asks at the first look for the states of the newest only', async () => {
  const { told, counted } = await watcher(previews(700, 'success')).look(0);
  expect(told.filter((title) => title.endsWith('created'))).toHaveLength(700);
  expect(counted.length).toBeLessThan(600);
});

it('waits for states that show later than the deployment that they have touched', async () => {
  const late = (id: number, at: number): PretendDeployment => {
    const [success, ...more] = deployed(id, at, { [at]: 'success', [at + 1]: 'inactive' }).statuses;
    const statuses = [success, ...more.map((status) => ({ ...status, listed: begin + 6 * minute }))];
    return { ...deployed(id, at), statuses: statuses.filter((status) => status !== undefined) };
  };
  const watched = watcher([]);
  await watched.look(0);
  watched.all.push(late(1, 1), late(2, 2), deployed(3, 3, { 3: 'success' }));
  expect((await watched.look(4)).told).toHaveLength(6);
  const inactive = 'Deployment to production is inactive';
  expect((await watched.look(7)).told).toEqual([inactive, inactive]);
});

it('waits for them also where more is under way than is asked for at each look', async () => {
  const [success, inactive] = deployed(1, 0, { 1: 'success', 5: 'inactive' }).statuses;
  if (!success || !inactive) throw new Error('it has two');
  const statuses = [success, { ...inactive, listed: begin + 7 * minute }];
  const watched = watcher([{ ...deployed(1, 0), statuses }, ...previews(40, 'in_progress')]);
  await watched.look(2);
  expect((await watched.look(6)).told).toEqual([]);
  expect((await watched.look(8)).told).toEqual(['Deployment to production is inactive']);
});

it('lets go of what is deleted', async () => {
  const watched = watcher([deployed(1, -10, { '-9': 'in_progress' })]);
  expect((await watched.look(0)).busy).toBe(true);
  watched.all.pop();
  const { told, busy } = await watched.look(1);
  expect([told, busy]).toEqual([[], false]);
});

it('tells the same under the same keys after a kill', async () => {
  const watched = watcher([deployed(1, -10)]);
  const { state } = await watched.look(0);
  watched.all.push(deployed(2, 1));
  const { events } = await watched.look(5);
  watched.forget(state);
  const again = await watched.look(6);
  expect(again.events.map((event) => event.key_parts)).toEqual(events.map((event) => event.key_parts));
});

const first = '/repos/acme/api/deployments?per_page=100';
const known: NonNullable<State> = {
  known: { followed: [], resting: [] },
  asked: new Date(begin).toISOString(),
};

it.each([null, 'nothing', { deployments: [] }, [null, { id: 'x' }, 3]].map((json) => ({ json })))(
  'gets over an answer of $json',
  async ({ json }) => {
    const github = new ScriptedGitHub().says(first, { json });
    const { events, skipped } = await runLook(deployments, github, known);
    expect(events).toEqual([]);
    expect(skipped[0]).toMatchObject({ kind: 'unsupported' });
  },
);

it('keeps what it knows where GitHub fails in between', async () => {
  const fails = new SourceError({ code: 'x', detail: 'x', remedy: 'x', kind: 'upstream' });
  const github = new ScriptedGitHub().says(first, { fails });
  await expect(runLook(deployments, github, known)).rejects.toBe(fails);
});
