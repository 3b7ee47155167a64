import { describe, expect, it } from 'vitest';
import {
  PretendRefs,
  branchList,
  firstEvents,
  laterEvents,
  sha,
  tagList,
} from '../../testing/pretend-refs.js';
import type { LookRun } from '../../testing/scripted-gitlab.js';

const titles = ({ events }: Pick<LookRun<unknown>, 'events'>) => events.map(({ title }) => title);
const ends = ({ events }: Pick<LookRun<unknown>, 'events'>) =>
  events.map(({ key_parts }) =>
    key_parts.slice(3).map((part) => (/^(.)\1{39}$/.test(part) ? part[0] : part)),
  );

/** A project that was looked at, with `main` at `a`. */
async function watched(): Promise<PretendRefs> {
  const project = new PretendRefs().move('branch:main', 'a');
  await project.look();
  return project;
}

describe('branches and tags', () => {
  it('of the time before the first look are told as the activity has them, and the rest is only remembered', async () => {
    const project = new PretendRefs()
      .move('branch:old', 'a', 'never')
      .move('branch:main', 'a')
      .move('branch:main', 'b')
      .move('tag:v1', 'b');
    const run = await project.look();
    expect(titles(run)).toEqual([
      'Branch main created at aaaaaaaa: Make a',
      'main moved forward by 1 commit: Make b',
      'Tag v1 created at bbbbbbbb',
    ]);
    expect(run.events.map(({ backfill, actor }) => [backfill, actor])).toEqual([
      [true, 'ada'],
      [true, 'ada'],
      [true, 'ada'],
    ]);
    expect(project.asked.slice(0, 3)).toEqual([firstEvents, branchList, tagList]);
  });

  it('that stand still cost one question a round, from time to time for what is there', async () => {
    const project = await watched();
    await project.look();
    const asked: string[] = [];
    for (let round = 0; round < 17; round += 1) {
      const { events } = await project.look();
      expect(events).toEqual([]);
      asked.push(...project.asked);
    }
    expect(asked).toHaveLength(17);
    expect(asked.filter((target) => target !== laterEvents)).toEqual([
      branchList,
      branchList,
      tagList,
      branchList,
    ]);
  });

  it('are told with who, when and how far, as they come, move and go', async () => {
    const project = await watched();
    project.move('branch:x', 'c').move('branch:main', 'b').move('branch:x', '').move('tag:v1', 'B');
    const { events } = await project.look();
    expect(titles({ events })).toEqual([
      'Branch x created at cccccccc: Make c',
      'main moved forward by 1 commit: Make b',
      'Branch x deleted, was at cccccccc',
      'Tag v1 created at bbbbbbbb: Second edition',
    ]);
    expect(events[1]).toMatchObject({ actor: 'ada', type: 'push', time_precision: 'exact' });
    expect(events[3]?.data).toMatchObject({
      annotated: true,
      after: sha('B'),
      commit: sha('b'),
      protected: true,
    });
  });

  it('that are set back or rewritten say what they have lost', async () => {
    const project = await watched();
    project.move('branch:main', 'd');
    await project.look();
    project.move('branch:main', 'b');
    const { events } = await project.look();
    expect(events).toMatchObject([
      { type: 'force_push', title: 'main was set back by 2 commits', data: { lost_count: 2 } },
    ]);
  });

  it('that go back and forth are one change each time', async () => {
    const project = await watched();
    for (const to of ['b', 'a', 'b', 'a', 'b']) project.move('branch:main', to);
    expect(ends(await project.look())).toEqual([
      ['refs/heads/main', 'a', 'b'],
      ['refs/heads/main', 'b', 'a'],
      ['refs/heads/main', 'a', 'b', '2'],
      ['refs/heads/main', 'b', 'a', '2'],
      ['refs/heads/main', 'a', 'b', '3'],
    ]);
    project
      .move('tag:v1', 'a')
      .move('tag:v1', 'b')
      .move('tag:v1', 'a')
      .move('tag:v1', '')
      .move('tag:v1', 'a');
    expect(ends(await project.look())).toEqual([
      ['v1', 'a'],
      ['v1', 'b'],
      ['v1', 'a', '2'],
      ['v1', '0'],
      ['v1', 'a', '3'],
    ]);
  });

  it('are told under the same keys when a look is taken again after a kill', async () => {
    const project = await watched();
    project.move('branch:main', 'b').move('tag:v1', 'b').move('branch:y', 'c', 'never').bulk('branch', 4);
    const killed = await project.look(1, { keeps: false });
    const again = await project.look(0);
    expect(again.events).toEqual(killed.events);
    expect(again.events).toHaveLength(3);
    expect((await project.look()).events).toEqual([]);
  });

  it('that somebody watches by patterns are told, others are not', async () => {
    const project = await watched();
    project.move('branch:x', 'c').move('branch:main', 'b');
    const round = { watches: (branch: string) => branch === 'main' };
    expect(titles(await project.look(1, { round }))).toEqual(['main moved forward by 1 commit: Make b']);
    project.move('branch:x', 'd');
    // Nothing of it is told later, when the patterns are others.
    expect(titles(await project.look(1))).toEqual(['x moved forward by 1 commit: Make d']);
  });

  it('are looked at apart: one that is switched on later has no past', async () => {
    const project = new PretendRefs().move('branch:main', 'a').move('tag:v1', 'a');
    const round = { collects: (kind: string) => kind === 'push' };
    expect(titles(await project.look(1, { round }))).toHaveLength(1);
    expect(project.asked).not.toContain(tagList);
    expect((await project.look()).events).toEqual([]);
    project.move('tag:v2', 'a');
    expect(titles(await project.look())).toEqual(['Tag v2 created at aaaaaaaa']);
  });
});

describe('what no entry of the activity tells', () => {
  it('is told as a difference, once it has waited for one', async () => {
    const project = await watched();
    await project.look(1);
    project.move('branch:main', 'b', 'never').move('branch:x', 'c', 'never').move('tag:v1', 'a', 'never');
    await project.look(15);
    const runs = [await project.look(), await project.look(), await project.look(), await project.look()];
    const events = runs.flatMap((run) => run.events);
    expect(titles({ events })).toEqual([
      'main moved forward by 1 commit: Make b',
      'Branch x created at cccccccc',
      'Tag v1 created at aaaaaaaa',
    ]);
    expect(events[0]).toMatchObject({
      time_precision: 'gap',
      timestamp: '2026-11-24T10:17:00.000Z',
      data: {
        before: sha('a'),
        seen_between: { from: '2026-11-24T10:01:00.000Z', to: '2026-11-24T10:17:00.000Z' },
      },
    });
    expect(events[0]?.key_parts.slice(1)).toEqual(['push', '7', 'refs/heads/main', sha('a'), sha('b')]);
  });

  it('is told at once where many refs were pushed together', async () => {
    const project = await watched();
    for (const name of ['p', 'q', 'r', 's']) project.move(`branch:${name}`, 'b', 'never');
    project.bulk('branch', 4).move('branch:main', 'c');
    const run = await project.look();
    expect(titles(run)).toEqual([
      'main moved forward by 2 commits: Make c',
      ...['p', 'q', 'r', 's'].map((name) => `Branch ${name} created at bbbbbbbb`),
    ]);
    expect(run.skipped).toEqual([{ kind: 'ignored', reason: 'many refs at once, told one by one' }]);
    expect((await project.look(6)).events).toEqual([]);
  });

  it('is not told again when an entry comes late', async () => {
    const project = await watched();
    project.move('branch:main', 'b', 'late').move('branch:main', 'c', 'late').move('tag:v1', 'a', 'late');
    await project.look(15);
    const told = [await project.look(), await project.look(), await project.look(), await project.look()];
    expect(told.flatMap(titles)).toEqual([
      'main moved forward by 2 commits: Make c',
      'Tag v1 created at aaaaaaaa',
    ]);
    const late = await project.catchUp().look();
    expect(late.events).toEqual([]);
    project.move('branch:main', 'd');
    expect(titles(await project.look())).toEqual(['main moved forward by 1 commit: Make d']);
  });

  it('is told by its entry where that comes in time', async () => {
    const project = await watched();
    project.move('branch:main', 'b', 'late').move('tag:v1', 'a', 'late');
    expect((await project.look(15)).events).toEqual([]);
    expect(titles(await project.catchUp().look())).toEqual([
      'main moved forward by 1 commit: Make b',
      'Tag v1 created at aaaaaaaa',
    ]);
    expect((await project.look(6)).events).toEqual([]);
    expect((await project.look(6)).events).toEqual([]);
  });

  it('is told from where an earlier step has led, when a later one is known', async () => {
    const project = await watched();
    await project.look(3);
    project.move('branch:main', 'b', 'never').move('branch:main', 'c');
    expect(ends(await project.look())).toEqual([['refs/heads/main', 'b', 'c']]);
    await project.look(6);
    const runs = [await project.look(2), await project.look(2)];
    expect(runs.flatMap(ends)).toEqual([['refs/heads/main', 'a', 'b']]);
  });
});
