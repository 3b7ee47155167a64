import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScratchRepository, scratchFolder } from './testing/scratch-repository.js';
import { Watch, sourceFor, told } from './testing/watch.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: ReturnType<typeof scratchFolder>;
let repository: ScratchRepository;
beforeEach(() => {
  folder = scratchFolder();
  repository = ScratchRepository.init(`${folder.path}/shop`);
});
afterEach(() => folder.remove());

const dataDir = () => `${folder.path}/data`;
const watch = async (given: object, env: Record<string, string> = {}) =>
  new Watch(await sourceFor({ ...given }, dataDir(), { env }));

describe('a remote repository', () => {
  it('is kept as an own copy, follows what is deleted there, and survives the loss of the copy', async () => {
    repository.commit('One');
    repository.git('branch', 'side');
    const shop = await watch({ url: `file://${repository.dir}`, name: 'acme/shop' });
    expect(shop.source.intervalSeconds).toBe(60);
    const first = await shop.look();
    expect(told(first.events).map((line) => line.split(':')[0])).toEqual([
      'commit',
      'branch_created',
      'branch_created',
    ]);
    expect(first.events[1]).toMatchObject({ project: 'acme/shop', time_precision: 'gap' });

    repository.git('branch', '-D', 'side');
    repository.commit('Two');
    repository.git('tag', 'v1');
    expect((await shop.look()).events.map(({ type }) => type)).toEqual([
      'commit',
      'push',
      'branch_deleted',
      'tag_created',
    ]);

    rmSync(dataDir(), { recursive: true });
    repository.commit('Three');
    expect((await shop.look()).events.map(({ type }) => type)).toEqual(['commit', 'push']);
    expect(shop.repeated).toEqual([]);
  });

  it('may replace a branch by one below its name, and back', async () => {
    repository.commit('One');
    repository.git('branch', 'feature');
    const shop = await watch({ url: `file://${repository.dir}` });
    await shop.look();
    repository.git('branch', '-D', 'feature');
    repository.git('branch', 'feature/x');
    expect((await shop.look()).events.map(({ type }) => type)).toEqual(['branch_deleted', 'branch_created']);
    repository.git('branch', '-D', 'feature/x');
    repository.git('branch', 'feature');
    expect((await shop.look()).events.map(({ type }) => type)).toEqual(['branch_created', 'branch_deleted']);
  });

  it('that suddenly shows nothing is not believed, so that no branch is told as deleted', async () => {
    const sha = repository.commit('One');
    repository.git('tag', 'v1');
    const shop = await watch({ url: `file://${repository.dir}` });
    await shop.look();
    repository.git('update-ref', '-d', 'refs/heads/main');
    repository.git('tag', '-d', 'v1');
    await expect(shop.look()).rejects.toMatchObject({ code: 'remote-empty', kind: 'upstream' });
    repository.git('update-ref', 'refs/heads/main', sha);
    repository.git('tag', 'v1', sha);
    expect((await shop.look()).events).toEqual([]);
  });

  it('goes on by itself when our own copy of it is damaged', async () => {
    const sha = repository.commit('One');
    const shop = await watch({ url: `file://${repository.dir}` });
    await shop.look();
    const [mirror = ''] = readdirSync(join(dataDir(), 'mirrors'));
    rmSync(join(dataDir(), 'mirrors', mirror, 'objects', sha.slice(0, 2), sha.slice(2)));
    repository.commit('Two');
    expect((await shop.look()).events.map(({ type }) => type)).toEqual(['commit', 'push']);
  });
});

/** A folder for the PATH with an `ssh` that runs the remote command here. */
function fakeSsh(script: string): Record<string, string> {
  mkdirSync(`${folder.path}/bin`);
  writeFileSync(`${folder.path}/bin/ssh`, `#!/bin/sh\n${script}\n`);
  chmodSync(`${folder.path}/bin/ssh`, 0o755);
  return { PATH: `${folder.path}/bin:${process.env.PATH ?? ''}` };
}

describe('a remote by ssh', () => {
  it('is not waited for when ssh leaves a process behind that holds its standard error', async () => {
    repository.commit('One');
    const pids = `${folder.path}/pids`;
    const env = fakeSsh(`sleep 60 <&- >/dev/null & echo $! >> ${pids}\nfor last; do :; done\neval "$last"`);
    const shop = await watch({ url: `ssh://git@git.invalid${repository.dir}` }, env);
    const began = Date.now();
    try {
      expect(told((await shop.look()).events)).toContain('commit: One');
      expect(Date.now() - began).toBeLessThan(30_000);
    } finally {
      execFileSync('kill', readFileSync(pids, 'utf8').trim().split('\n'));
    }
  });

  it('whose host key is not known has its state', async () => {
    const env = fakeSsh('echo Host key verification failed. >&2; exit 255');
    const shop = await watch({ url: 'ssh://git@git.invalid/acme/shop' }, env);
    await expect(shop.look()).rejects.toMatchObject({ code: 'host-key-unknown' });
  });
});
