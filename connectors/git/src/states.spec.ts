import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GitConfig, readSurroundings } from './config.js';
import { explain } from './git/faults.js';
import { GitError } from './git/git.js';
import { testRepositories } from './test-steps.js';
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

describe('what keeps a repository from being read', () => {
  it.each([
    ['path-not-found', () => `${folder.path}/nowhere`],
    ['not-a-repository', () => (mkdirSync(`${folder.path}/plain`), `${folder.path}/plain`)],
    ['not-a-repository', () => (writeFileSync(`${folder.path}/file`, ''), `${folder.path}/file`)],
  ])('%s is a state with a remedy', async (code, path) => {
    const shop = await watch({ path: path() });
    await expect(shop.look()).rejects.toMatchObject({ code, kind: 'configuration', remedy: /\w+/ });
  });

  it('is told for a missing program and for one that is too old', async () => {
    repository.commit('One');
    const missing = await watch({ path: repository.dir }, { PAINCHAIN_GIT_EXECUTABLE: '/nonexistent/git' });
    await expect(missing.look()).rejects.toMatchObject({ code: 'git-missing' });
    const program = `${folder.path}/git`;
    writeFileSync(program, '#!/bin/sh\necho git version 2.25.1\n');
    chmodSync(program, 0o755);
    const old = await watch({ path: repository.dir }, { PAINCHAIN_GIT_EXECUTABLE: program });
    await expect(old.look()).rejects.toMatchObject({ code: 'git-too-old' });
  });

  it.skipIf(process.getuid?.() !== 0)('is a folder that may not be entered', async () => {
    repository.commit('One');
    chmodSync(folder.path, 0o755);
    chmodSync(repository.dir, 0o700);
    const shop = await watch({ path: repository.dir });
    process.seteuid?.(65_534);
    try {
      await expect(shop.look()).rejects.toMatchObject({ code: 'no-permission' });
    } finally {
      process.seteuid?.(0);
    }
  });

  it.skipIf(process.getuid?.() !== 0)('is another owner, until it is said to be trusted', async () => {
    repository.commit('One');
    execFileSync('chown', ['-R', '65534', repository.dir]);
    for (const given of [{ path: repository.dir }, { url: `file://${repository.dir}` }]) {
      const shop = await watch(given);
      await expect(shop.look()).rejects.toMatchObject({ code: 'dubious-ownership' });
      const trusted = await watch({ ...given, trusted: true });
      expect(told((await trusted.look()).events)).toContain('commit: One');
    }
  });

  it('passes by itself: a repository that vanishes and comes back goes on where it was', async () => {
    repository.commit('One');
    const shop = await watch({ path: repository.dir });
    await shop.look();
    repository.git('clone', '-q', '--bare', '.', `${folder.path}/copy`);
    rmSync(repository.dir, { recursive: true });
    await expect(shop.look()).rejects.toMatchObject({ code: 'path-not-found' });
    repository = ScratchRepository.init(repository.dir);
    repository.git('pull', '-q', `${folder.path}/copy`, 'main');
    repository.commit('Two');
    expect(told((await shop.look()).events)).toContain('commit: Two');
    expect(shop.repeated).toEqual([]);
  });

  it.each([
    ["fatal: detected dubious ownership in repository at '/srv/shop'", 'dubious-ownership', 'configuration'],
    ["fatal: Authentication failed for 'https://git.example.com/'", 'authentication-failed', 'configuration'],
    [
      "fatal: could not read Username for 'https://h': terminal prompts disabled",
      'authentication-failed',
      'configuration',
    ],
    [
      'git@h: Permission denied (publickey).\nfatal: Could not read from remote',
      'authentication-failed',
      'configuration',
    ],
    ['Host key verification failed.\nfatal: Could not read from remote', 'host-key-unknown', 'configuration'],
    [
      "remote: Not Found\nfatal: repository 'https://h/x/' not found",
      'repository-not-found',
      'configuration',
    ],
    ["fatal: unable to access 'https://h/': Could not resolve host: h", 'host-not-found', 'upstream'],
    [
      "fatal: unable to access 'https://h/': Failed to connect to h port 443: Connection refused",
      'remote-unreachable',
      'upstream',
    ],
    [
      "fatal: unable to access 'https://h/': The requested URL returned error: 503",
      'remote-unreachable',
      'upstream',
    ],
    [
      "fatal: unable to access 'https://h/': SSL certificate problem: self-signed",
      'certificate-not-trusted',
      'configuration',
    ],
    [
      "fatal: unable to access 'https://h/': The requested URL returned error: 302",
      'redirected',
      'configuration',
    ],
    ['fatal: write error: No space left on device', 'disk-full', 'upstream'],
    ['fatal: cannot mkdir /data/x: Permission denied', 'no-permission', 'configuration'],
    ["fatal: transport 'ext' not allowed", 'transport-not-allowed', 'configuration'],
    ['fatal: something nobody has seen', 'git-failed', 'upstream'],
  ])('git saying "%s" means %s', (stderr, code, kind) => {
    expect(explain(new GitError('failed', 'fetch', stderr, 128))).toMatchObject({ code, kind });
  });
});

describe('the test that a human asks for', () => {
  it('tries each repository and says what it found or what helps', async () => {
    repository.commit('One');
    const config = GitConfig.parse({
      repositories: [{ path: repository.dir, name: 'shop' }, { path: `${folder.path}/nowhere` }],
    });
    const place = { dataDir: dataDir(), signal: new AbortController().signal };
    const steps = await testRepositories(config, place, readSurroundings({ PATH: process.env.PATH }));
    expect(steps).toMatchObject([
      {
        name: 'shop',
        ok: true,
        detail: expect.stringMatching(/^shop has 1 branch and 0 tags\. .*: One$/) as string,
      },
      { ok: false, remedy: expect.stringContaining('mount') as string },
    ]);
  });
});
