import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScratchRepository, scratchFolder } from './testing/scratch-repository.js';
import { Watch, sourceFor, told } from './testing/watch.js';

// Real git processes, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: ReturnType<typeof scratchFolder>;
let repository: ScratchRepository;

beforeEach(() => {
  folder = scratchFolder();
  repository = ScratchRepository.init(`${folder.path}/shop`);
});
afterEach(() => folder.remove());

const watch = async (path = repository.dir, more: object = {}) =>
  new Watch(await sourceFor({ path, ...more }, `${folder.path}/data`));

describe('the first look', () => {
  it('tells commits, branches and tags that are there, marked as backfill', async () => {
    const first = repository.commit('Open the shop\n\nWith a door.');
    repository.commit('Sell things');
    repository.git('branch', 'summer');
    repository.git('tag', 'v1', first);
    repository.git('tag', '-a', 'v2', '-m', 'Second edition');

    const { events, watermark } = await (await watch()).look();

    expect(told(events)).toEqual([
      'commit: Open the shop',
      'commit: Sell things',
      `branch_created: Branch main created at ${first.slice(0, 8)}: Open the shop`,
      `branch_created: Branch summer created at ${repository.head().slice(0, 8)}: Sell things`,
      `tag_created: Tag v1 created at ${first.slice(0, 8)}: Open the shop`,
      `tag_created: Tag v2 created at ${repository.head().slice(0, 8)}: Second edition`,
    ]);
    expect(events.every(({ backfill, project }) => backfill === true && project === 'shop')).toBe(true);
    expect(events[0]).toMatchObject({
      actor: 'Ada Author',
      subject: `shop/commit/${first}`,
      refs: [`commit:${first}`],
      data: {
        sha: first,
        message: 'Open the shop\n\nWith a door.',
        author: { name: 'Ada Author', email: 'ada@example.com' },
        committer: { name: 'Cora Committer' },
        parents: [],
        files_total: 1,
        additions: 3,
        deletions: 0,
        files: [{ path: 'file.txt', status: 'added', additions: 3, deletions: 0 }],
      },
    });
    expect(events[5]).toMatchObject({
      actor: 'Cora Committer',
      time_precision: 'exact',
      refs: ['version:shop@v2', `commit:${repository.head()}`],
      data: { annotated: true, message: 'Second edition' },
    });
    expect(watermark).not.toBeNull();
  });

  it('goes back as many days as configured, but shows a repository at rest, and dates by the committer', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const ago = (days: number) => now - days * 86_400;
    repository.import('main', [
      ...Array.from({ length: 120 }, (_, count) => ({ message: `Old ${count}`, at: ago(90) + count })),
      { message: 'Ancient, by a broken clock', at: ago(700) },
      { message: 'Recent', at: ago(2) },
    ]);

    const { events } = await (await watch()).look();

    const commits = events.filter(({ type }) => type === 'commit');
    expect(commits).toHaveLength(100);
    expect(commits[0]?.title).toBe('Old 21');
    expect(commits.at(-1)).toMatchObject({
      title: 'Recent',
      timestamp: new Date(ago(2) * 1_000).toISOString(),
      refs: [`commit:${repository.head('main')}`],
    });
  });

  it('finds an empty repository healthy and tells its first commit later', async () => {
    const empty = await watch();
    const { events, watermark, cursor } = await empty.look();
    expect([events, cursor]).toEqual([[], null]);
    expect(watermark).not.toBeNull();

    repository.commit('At last');
    const later = await empty.look();
    expect(told(later.events)[0]).toBe('commit: At last');
    // It was watched while it came, so it is news.
    expect(later.events.some(({ backfill }) => backfill)).toBe(false);
  });

  it('says which part of the past a shallow clone cannot show', async () => {
    const now = Math.floor(Date.now() / 1_000);
    repository.import('main', [
      { message: 'One', at: now - 7_200 },
      { message: 'Two', at: now - 3_600 },
    ]);
    ScratchRepository.init(`${folder.path}/x`).git(
      'clone',
      '-q',
      '--depth=1',
      `file://${repository.dir}`,
      '../low',
    );

    const { events, coverage } = await (await watch(`${folder.path}/low`)).look();

    expect(told(events)[0]).toBe('commit: Two');
    expect(events[0]?.data).not.toHaveProperty('files');
    expect(coverage).toMatchObject([
      { kind: 'reconstructed' },
      { kind: 'blind', to: new Date((now - 3_600) * 1_000).toISOString() },
    ]);
  });

  it('says from when to when it was made out afterwards, and only once', async () => {
    repository.commit('One');
    const watching = await watch();
    const { coverage } = await watching.look();
    const [spell] = coverage;
    expect(coverage).toMatchObject([{ kind: 'reconstructed', to: watching.watermark }]);
    const days = (Date.parse(spell?.to ?? '') - Date.parse(spell?.from ?? '')) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    repository.commit('Two');
    expect((await watching.look()).coverage).toEqual([]);
  });

  it('watches only the branches it is asked to', async () => {
    repository.commit('One');
    repository.git('checkout', '-qb', 'release/1');
    repository.commit('Release');
    repository.git('checkout', '-qb', 'private');
    repository.commit('Secret');
    const { events } = await (await watch(repository.dir, { branches: ['main', 'release/*'] })).look();
    expect(events.filter(({ type }) => type === 'commit').map(({ title }) => title)).toEqual([
      'One',
      'Release',
    ]);
    expect(events.filter(({ type }) => type === 'branch_created')).toHaveLength(2);
  });
});

describe('where a repository may lie', () => {
  it.each(['bare', 'worktree', 'subfolder', 'separate git dir', 'detached head'])(
    'reads a %s',
    async (kind) => {
      const sha = repository.commit('Here', { path: 'deep/inside/file.txt' });
      const target = `${folder.path}/other`;
      if (kind === 'bare') repository.git('clone', '-q', '--bare', '.', `${target}.git`);
      if (kind === 'worktree') repository.git('worktree', 'add', '-q', target);
      if (kind === 'separate git dir')
        repository.git('init', '-q', `--separate-git-dir=${folder.path}/moved.git`);
      if (kind === 'detached head') {
        repository.git('checkout', '-q', '--detach');
        repository.git('branch', '-qD', 'main');
      }
      const paths: Record<string, string> = {
        bare: `${target}.git`,
        worktree: target,
        subfolder: `${repository.dir}/deep/inside`,
      };
      const { events } = await (await watch(paths[kind])).look();
      expect(events.map(({ refs }) => refs).flat()).toContain(`commit:${sha}`);
    },
  );

  it('is called by its remote, and two clones of it tell the same facts', async () => {
    repository.commit('Shared');
    repository.git('remote', 'add', 'origin', 'git@git.example.com:acme/shop.git');
    repository.git('clone', '-q', '.', `${folder.path}/clone`);
    const clone = new ScratchRepository(`${folder.path}/clone`);
    clone.git('remote', 'set-url', 'origin', 'https://ada:hunter2@GIT.example.com:443/acme/shop');

    const [one, two] = [await watch(), await watch(clone.dir)];
    const events = [(await one.look()).events[0], (await two.look()).events[0]];

    expect(events[0]?.key).toBe(events[1]?.key);
    expect(events[0]?.project).toBe('acme/shop');
    expect(events[1]?.url).toBe(`https://git.example.com/acme/shop/commit/${repository.head()}`);
    expect(JSON.stringify([...two.events.values(), two.cursor])).not.toContain('hunter2');
  });
});

describe('later looks', () => {
  it('tells a push and its commits, exact by the reflog', async () => {
    const before = repository.commit('One');
    const shop = await watch();
    await shop.look();
    expect((await shop.look()).events).toEqual([]);

    repository.commit('Two');
    const after = repository.commit('Three');
    const { events } = await shop.look();

    expect(told(events)).toEqual([
      'commit: Two',
      'commit: Three',
      'push: main moved forward by 1 commit: Two',
      'push: main moved forward by 1 commit: Three',
    ]);
    expect(events[3]).toMatchObject({
      time_precision: 'exact',
      actor: 'Cora Committer',
      subject: 'shop/branch/main',
      data: { branch: 'main', after, how: 'commit: Three', commit_count: 1, files_total: 1 },
    });
    expect(events[3]).not.toHaveProperty('backfill');
    expect(events[3]?.refs).toContain(`commit:${after}`);
    expect(events[2]).toMatchObject({ data: { before } });
    expect((await shop.look()).events).toEqual([]);
    expect(shop.repeated).toEqual([]);
  });

  it('tells a fetched push as one move within the interval', async () => {
    const origin = repository;
    origin.commit('One');
    origin.git('clone', '-q', '--bare', '.', `${folder.path}/hub.git`);
    const shop = await watch(`${folder.path}/hub.git`);
    const { watermark: from } = await shop.look();
    origin.commit('Two', { at: '2026-01-02T03:04:05Z' });
    origin.commit('Three');
    origin.git('push', '-q', `${folder.path}/hub.git`, 'main');

    const { events, watermark: to } = await shop.look();

    expect(told(events).at(-1)).toBe('push: main moved forward by 2 commits: Three');
    expect(events.at(-1)).toMatchObject({
      time_precision: 'gap',
      timestamp: to,
      data: { seen_between: { from, to }, authors: ['Ada Author'] },
    });
    expect(events[0]).toMatchObject({
      title: 'Two',
      timestamp: '2026-01-02T03:04:05.000Z',
      time_precision: 'exact',
    });
  });

  it('tells a force push with the commits it dropped', async () => {
    repository.commit('One');
    const dropped = repository.commit('Wrong');
    const shop = await watch();
    await shop.look();
    repository.gitWith({}, 'reset', '-q', '--hard', 'HEAD~1');
    const { events } = await shop.look();
    expect(told(events)).toEqual(['force_push: main was set back by 1 commit: One']);
    expect(events[0]).toMatchObject({
      data: { lost_count: 1, lost_commits: [{ sha: dropped, subject: 'Wrong', author: 'Ada Author' }] },
    });

    repository.git('commit', '-q', '--amend', '-m', 'Rewritten');
    expect(told((await shop.look()).events)).toEqual([
      'commit: Rewritten',
      'force_push: main was rewritten, 1 commit dropped, 1 new: Rewritten',
    ]);
  });

  it('tells branches and tags that come, move and go', async () => {
    const one = repository.commit('One');
    const shop = await watch();
    await shop.look();
    repository.git('checkout', '-qb', 'try');
    const two = repository.commit('Two');
    repository.git('tag', 'v1', one);
    expect(told((await shop.look()).events)).toEqual([
      'commit: Two',
      `branch_created: Branch try created at ${one.slice(0, 8)}: One`,
      'push: try moved forward by 1 commit: Two',
      `tag_created: Tag v1 created at ${one.slice(0, 8)}: One`,
    ]);
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-qD', 'try');
    repository.git('tag', '-f', 'v1', two);
    expect(told((await shop.look()).events)).toEqual([
      `branch_deleted: Branch try deleted, was at ${two.slice(0, 8)}`,
      `tag_moved: Tag v1 moved from ${one.slice(0, 8)} to ${two.slice(0, 8)}`,
    ]);
    repository.git('tag', '-d', 'v1');
    expect(told((await shop.look()).events)).toEqual([
      `tag_deleted: Tag v1 deleted, was at ${two.slice(0, 8)}`,
    ]);
  });

  it('tells each of A→B→A→B apart, between looks and across them', async () => {
    const a = repository.commit('A');
    const b = repository.commit('B');
    const shop = await watch();
    await shop.look();
    for (const sha of [a, b, a, b]) repository.git('reset', '-q', '--hard', sha);
    const between = await shop.look();
    expect(between.events.map(({ type }) => type)).toEqual(['force_push', 'push', 'force_push', 'push']);
    for (const sha of [a, b, a, b]) {
      repository.git('reset', '-q', '--hard', sha);
      const { events } = await shop.look();
      expect(events.filter(({ type }) => type !== 'commit')).toHaveLength(1);
    }
    repository.git('branch', '-q', 'x', a);
    await shop.look();
    repository.git('branch', '-qD', 'x');
    await shop.look();
    repository.git('branch', '-q', 'x', a);
    expect((await shop.look()).events).toHaveLength(1);
    // B was gone and is back: the same commit, the same key.
    expect([...new Set(shop.repeated)]).toEqual(['commit: B']);
  });

  it('does not tell the moves of a renamed branch again', async () => {
    repository.commit('One');
    repository.commit('Two');
    const shop = await watch();
    await shop.look();
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    repository.commit('Two and a half');
    await shop.look();
    repository.git('branch', '-m', 'main', 'trunk');
    const { events } = await shop.look();
    expect(events.map(({ type }) => type)).toEqual(['branch_deleted', 'branch_created']);
    expect(events[1]).toMatchObject({ time_precision: 'exact', data: { branch: 'trunk' } });
  });
});
