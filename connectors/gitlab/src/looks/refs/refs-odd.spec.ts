import { SourceError } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { PretendRefs, branchList, laterEvents, sha } from '../../testing/pretend-refs.js';

const compare = `/projects/7/repository/compare?from=${sha('a')}&to=${sha('b')}`;

async function watched(): Promise<PretendRefs> {
  const project = new PretendRefs().move('branch:main', 'a', 'never');
  await project.look();
  await project.look(4);
  return project;
}

function failure(code: string): SourceError {
  return new SourceError({ code, detail: 'No.', remedy: 'Wait.', kind: 'upstream' });
}

describe('a comparison', () => {
  it('that fails is asked for again', async () => {
    const project = await watched();
    const gitlab = project
      .move('branch:main', 'b')
      .gitlab()
      .says(compare, { fails: failure('gitlab-failing') });
    await expect(project.look(1, { gitlab })).rejects.toThrow('No.');
    expect((await project.look()).events).toMatchObject([{ data: { commit_count: 1, authors: ['Ada'] } }]);
  });

  it.each([
    ['is too large', 'answer-too-large', 1],
    ['fails for too long', 'gitlab-timeout', 16],
  ])('that %s is gone without', async (_, code, minutes) => {
    const project = await watched();
    project.move('branch:main', 'b');
    const gitlab = project.gitlab(minutes).says(compare, { fails: failure(code) });
    const { events } = await project.look(minutes, { gitlab });
    expect(events).toMatchObject([{ title: 'main moved forward by 1 commit: Make b', actor: 'ada' }]);
  });

  it('of commits that are gone is gone without', async () => {
    const project = await watched();
    const gitlab = project.move('branch:main', 'b').gitlab().says(compare, { missing: true });
    expect((await project.look(1, { gitlab })).events).toMatchObject([
      { type: 'push', data: { commit_count: 1 } },
    ]);
  });
});

describe('the activity', () => {
  it('is read back to what is known', async () => {
    const project = await watched();
    // What is there was just listed, and stands where it stood.
    await project.look();
    for (let n = 0; n < 20; n += 1) for (const to of ['b', 'a']) project.move('branch:main', to);
    const json = project.eventsOf();
    const gitlab = project.gitlab().says(laterEvents, { pages: [json.slice(0, 30), json.slice(30)] });
    expect((await project.look(1, { gitlab })).events).toHaveLength(40);
    expect((await project.look()).events).toEqual([]);
  });

  it('that can’t be read is counted, and the rest is told', async () => {
    const project = await watched();
    project.move('branch:main', 'b');
    const odd = [null, 'text', { id: 5 }, { id: 900, push_data: {} }];
    const gitlab = project.gitlab().says(laterEvents, { json: [...odd, ...project.eventsOf()] });
    const run = await project.look(1, { gitlab });
    expect([run.events.length, run.skipped.length]).toEqual([1, 4]);
  });

  it('that is no list, or lists that are none, make nothing go away', async () => {
    const project = await watched();
    for (const json of [{ message: 'Hello' }, 'text', null]) {
      const gitlab = project.gitlab(6).says(laterEvents, { json }).says(branchList, { json });
      expect((await project.look(6, { gitlab })).events).toEqual([]);
    }
    expect((await project.look(6)).events).toEqual([]);
    project.move('branch:main', 'b');
    expect((await project.look()).events).toHaveLength(1);
  });
});

it('a branch that only a page has lost is still there', async () => {
  const project = await watched();
  const gitlab = project.gitlab(6).says(branchList, { json: [] });
  await project.look(6, { gitlab });
  const runs = [await project.look(), await project.look(), await project.look()];
  expect(runs.flatMap(({ events }) => events)).toEqual([]);
});
