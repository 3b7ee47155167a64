import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { environments } from './environments.js';

const list = '/projects/7/environments?states=available&per_page=100';
const review = { id: 3, name: 'review/limits', state: 'available', tier: 'development' };
const production = { id: 1, name: 'production', state: 'available', tier: 'production' };

type Run = Awaited<ReturnType<typeof runLook<NonNullable<Parameters<typeof environments.look>[1]>>>>;

function fault(code: string): SourceError {
  return new SourceError({ code, detail: code, remedy: code, kind: 'upstream' });
}

/** A GitLab that lists these; `others` are what single environments are, or the fault they are answered with. */
function gitLab(listed: unknown, others: Record<number, object> = {}, etag?: string) {
  const gitlab = new ScriptedGitLab().says(list, { json: listed, ...(etag !== undefined && { etag }) });
  for (const [id, json] of Object.entries(others)) {
    gitlab.says(`/projects/7/environments/${id}`, json instanceof Error ? { fails: json } : { json });
  }
  return gitlab;
}

/** Looks at one state after the other. */
async function watch(...states: ScriptedGitLab[]) {
  let run: Run | undefined;
  const events = [];
  for (const gitlab of states) {
    run = await runLook(environments, gitlab, run?.state);
    events.push(...run.events);
  }
  return { events, run };
}

it('are told when they are stopped, and when they are deleted', async () => {
  const { events } = await watch(
    gitLab([production, review, { ...review, id: 4, name: 'review/old' }]),
    gitLab([production], { 3: { ...review, state: 'stopped' }, 4: fault('not-found') }),
  );
  expect(events.map(({ title, type, subject }) => [title, type, subject])).toEqual([
    ['Environment review/limits stopped', 'environment_stopped', 'acme/shop/api/environment/review/limits'],
    ['Environment review/old deleted', 'environment_deleted', 'acme/shop/api/environment/review/old'],
  ]);
  expect(events[0]).toMatchObject({ time_precision: 'gap', environment: 'review/limits' });
});

it('are told once they have stopped, not before, and each time anew', async () => {
  const stopping = gitLab([], { 3: { ...review, state: 'stopping' } });
  const stopped = gitLab([], { 3: { ...review, state: 'stopped' } });
  const { events } = await watch(gitLab([review]), stopping, stopped, stopped, gitLab([review]), stopped);
  expect(events.map(({ key_parts }) => key_parts.slice(1))).toEqual([
    ['environment', '3', 'stopped'],
    ['environment', '3', 'stopped', '2'],
  ]);
});

it('that only move out of sight are not told', async () => {
  const { events, run } = await watch(gitLab([review]), gitLab([], { 3: review }));
  expect([events, run?.state?.available]).toEqual([[], []]);
});

it.each(['permission-missing', 'unanswerable', 'gitlab-failing'])(
  'are not taken for deleted where they are answered with %s, and asked for again',
  async (code) => {
    const hidden = gitLab([], { 3: fault(code) });
    const { events } = await watch(gitLab([review]), hidden, hidden);
    expect(events).toEqual([]);
    const later = await watch(gitLab([review]), hidden, gitLab([], { 3: fault('gone') }));
    expect(later.events.map(({ type }) => type)).toEqual(['environment_deleted']);
  },
);

it('cost one question when nothing is new, answered by the ETag', async () => {
  const gitlab = gitLab([production], {}, '"one"');
  const { run } = await watch(gitlab, gitlab);
  expect([run?.events, gitlab.asked]).toEqual([[], [list, list]]);
});

it('that may not be seen, or are no list, leave what is known as it is', async () => {
  const hidden = new ScriptedGitLab().says(list, { missing: true });
  expect((await watch(hidden)).run?.state).toBeUndefined();
  const { events, run } = await watch(gitLab([review]), hidden, gitLab('Hello'), gitLab([null, review]));
  expect([events, run?.state?.available, run?.skipped.length]).toEqual([[], [[3, 'review/limits']], 1]);
});
