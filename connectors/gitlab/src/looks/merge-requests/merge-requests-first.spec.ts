import { SourceError } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { type ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { type Scene, gitLabOf, now, toldBy } from '../../testing/merge-request-scene.js';
import { head, mergeCommit, people } from '../../testing/tickets.js';
import { mergeRequests } from './merge-requests.js';

const minute = 60_000;

async function afterFirst(...scenes: Scene[]) {
  const { state } = await runLook(mergeRequests, gitLabOf(scenes));
  return state;
}

/** The round that a look is taken in, as `runLook` makes it. */
async function roundOf(gitlab: ScriptedGitLab) {
  let taken: Parameters<typeof mergeRequests.look>[0] | undefined;
  const spy = {
    ...mergeRequests,
    async *look(round: Parameters<typeof mergeRequests.look>[0]) {
      taken = round;
      yield { events: [] };
    },
  };
  await runLook(spy, gitlab);
  if (!taken) throw new Error('no look was taken');
  return taken;
}

describe('the first look at merge requests', () => {
  it('tells what was opened, closed and merged since its beginning, as the past', async () => {
    const run = await runLook(
      mergeRequests,
      gitLabOf([
        { iid: 1, created: '2026-01-01T00:00:00.000Z', updated: '2026-11-19T00:00:00.000Z' },
        { iid: 2, created: '2026-11-20T08:00:00.000Z', merged: '2026-11-20T09:00:00.000Z' },
        {
          iid: 3,
          created: '2026-01-01T00:00:00.000Z',
          closed: '2026-11-21T09:00:00.000Z',
          states: [
            [70, 'closed', '2026-01-02T00:00:00.000Z'],
            [71, 'closed', '2026-11-21T09:00:00.000Z'],
          ],
        },
        {
          iid: 4,
          created: '2026-01-01T00:00:00.000Z',
          merged: '2026-01-02T00:00:00.000Z',
          updated: '2026-11-22T00:00:00.000Z',
        },
      ]),
    );
    expect(toldBy(run)).toEqual(['9002 opened', '9002 merged', '9003 closed 71']);
    expect(run.events.map(({ backfill }) => backfill)).toEqual([true, true, true]);
    expect(run.events[1]).toMatchObject({
      actor: 'cora',
      refs: [
        'change:acme/shop/api!2',
        `commit:${mergeCommit}`,
        `commit:${'e'.repeat(40)}`,
        `commit:${head.a}`,
      ],
      data: { files_total: 2, commit_count: 4, approvals: [], squash: true, merged_by: 'cora' },
    });
  });

  it('tells an approval from before by when it was given, and of others knows only that they stand', async () => {
    const scene: Scene = {
      created: '2026-01-01T00:00:00.000Z',
      updated: '2026-11-23T00:00:00.000Z',
      approvals: [[people.cora, '2026-11-22T00:00:00.000Z'], [people.dan]],
    };
    const run = await runLook(mergeRequests, gitLabOf([scene]));
    expect(toldBy(run)).toEqual(['9042 approved 12']);
    const later = { ...scene, updated: '2026-11-24T10:00:30.000Z' };
    const next = await runLook(mergeRequests, gitLabOf([later], now + minute), run.state);
    expect(next.events).toEqual([]);
  });

  it('asks for details of so many only, and for the events of all that are closed', async () => {
    const shape = { created: '2026-11-20T00:00:00.000Z' };
    const open = Array.from({ length: 60 }, (_, index) => ({ ...shape, iid: 100 + index }));
    const at = '2026-11-21T00:00:00.000Z';
    const closed = { ...shape, iid: 200, closed: at, states: [[70, 'closed', at]] };
    const recent = { iid: 300, created: '2026-11-24T09:00:00.000Z' };
    const gitlab = gitLabOf([...open, closed, recent]);
    const run = await runLook(mergeRequests, gitlab);
    expect(run.events).toHaveLength(63);
    const asked = (suffix: string) => gitlab.asked.filter((target) => target.endsWith(suffix));
    expect(asked('/approvals')).toHaveLength(51);
    expect(asked('/resource_state_events?per_page=100')).toHaveLength(52);
    expect(toldBy(run)).toContain('9200 closed 70');
  });

  it('goes on where it was cut off, and tells the rest as the past', async () => {
    const scenes = Array.from({ length: 60 }, (_, index) => ({
      iid: 100 + index,
      created: `2026-11-20T00:00:${String(index).padStart(2, '0')}.000Z`,
    }));
    const cut = gitLabOf(scenes);
    cut.says('/projects/7/merge_requests/130/approvals', {
      fails: new SourceError({ code: 'rate-limited', detail: 'x', remedy: 'y', kind: 'upstream' }),
    });
    const states: NonNullable<Awaited<ReturnType<typeof afterFirst>>>[] = [];
    const told: string[] = [];
    const look = mergeRequests.look(await roundOf(cut), undefined);
    await expect(async () => {
      for await (const { events, state } of look) {
        told.push(...events.map(({ key_parts }) => key_parts.slice(2).join(' ')));
        if (state) states.push(state);
      }
    }).rejects.toThrow(SourceError);
    expect(told).toHaveLength(25);
    const rest = await runLook(mergeRequests, gitLabOf(scenes, now + minute), states.at(-1));
    expect(new Set([...told, ...toldBy(rest)]).size).toBe(60);
    expect(rest.events.every(({ backfill }) => backfill === true)).toBe(true);
    expect(rest.state?.unfinished).toBeUndefined();
  });

  it('knows the heads of what was opened long ago', async () => {
    const old = { created: '2026-01-01T00:00:00.000Z', updated: '2026-01-02T00:00:00.000Z' };
    const state = await afterFirst(old);
    const moved = { ...old, head: head.b, updated: '2026-11-24T10:00:30.000Z' };
    const { events } = await runLook(mergeRequests, gitLabOf([moved], now + minute), state);
    expect(events).toMatchObject([{ type: 'merge_request_updated', data: { before: head.a.slice(0, 8) } }]);
  });
});
