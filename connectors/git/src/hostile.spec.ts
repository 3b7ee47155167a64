import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GitConfig, readSurroundings } from './config.js';
import { ScratchRepository, scratchFolder } from './testing/scratch-repository.js';
import { Watch, sourceFor } from './testing/watch.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: ReturnType<typeof scratchFolder>;
let repository: ScratchRepository;
let canary: string;

beforeEach(() => {
  folder = scratchFolder();
  canary = `${folder.path}/executed`;
  repository = ScratchRepository.init(`${folder.path}/shop`);
});
afterEach(() => folder.remove());

const watch = async (given: object, env: Record<string, string> = {}) =>
  new Watch(await sourceFor({ ...given }, `${folder.path}/data`, { env }));

/** A program that leaves a trace of having been started. */
function trap(name: string): string {
  const path = `${folder.path}/${name}`;
  writeFileSync(path, `#!/bin/sh\necho ${name} >> ${canary}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Everything of a repository's own config that makes git start a program, as far as we know. */
function setTraps(target: ScratchRepository): void {
  const program = trap('trap.sh');
  const settings: Record<string, string> = {
    'core.fsmonitor': program,
    'core.sshCommand': program,
    'core.pager': program,
    'core.editor': program,
    'core.askPass': program,
    'core.gitProxy': program,
    'core.alternateRefsCommand': program,
    'core.hooksPath': `${folder.path}/hooks`,
    'credential.helper': `!${program}`,
    'diff.external': program,
    'diff.trap.command': program,
    'diff.trap.textconv': program,
    'filter.trap.clean': program,
    'filter.trap.smudge': program,
    'filter.trap.process': program,
    'merge.trap.driver': program,
    'gpg.program': program,
    'gpg.ssh.program': program,
    'log.showSignature': 'true',
    'uploadpack.packObjectsHook': program,
    'remote.origin.url': `ext::${program} %S`,
    'remote.origin.promisor': 'true',
    'remote.origin.uploadpack': program,
    'extensions.partialClone': 'origin',
    'protocol.ext.allow': 'always',
    'alias.log': `!${program}`,
    'alias.rev-list': `!${program}`,
    'trailer.x.command': program,
    'submodule.recurse': 'true',
    'pager.log': 'true',
    'pager.rev-list': 'true',
    'diff.submodule': 'log',
  };
  for (const [key, value] of Object.entries(settings)) target.git('config', key, value);
}

describe('a hostile repository on this machine', () => {
  it('starts no program, whatever its config, attributes, hooks and missing objects ask for', async () => {
    repository.commit('One');
    repository.write('.gitattributes', '* diff=trap filter=trap merge=trap\n');
    repository.commit('Two', { path: 'other.txt' });
    repository.git('tag', '-a', 'v1', '-m', 'First');
    const blob = repository.head('HEAD:file.txt');
    setTraps(repository);
    // Missing, as in a partial clone: git would fetch it by whatever means the config names.
    rmSync(`${repository.dir}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);

    const shop = await watch({ path: repository.dir });
    const { events } = await shop.look();
    await shop.look();

    expect(events.map(({ title }) => title)).toEqual(expect.arrayContaining(['One', 'Two']));
    expect(existsSync(canary)).toBe(false);
  });

  it('is only read: no byte of it changes', async () => {
    repository.commit('One');
    repository.git('tag', 'v1');
    const fingerprint = () =>
      repository.gitWith(
        {},
        '-c',
        `alias.all=!find "${repository.dir}" -type f -printf '%p %s %T@\\n' | sort`,
        'all',
      );
    const before = fingerprint();
    const shop = await watch({ path: repository.dir });
    await shop.look();
    await shop.look();
    expect(fingerprint()).toBe(before);
  });

  it('hands over names and messages that no terminal should see, as text', async () => {
    const names = ['a\nb', 'quote"\'`$(touch x)', '\u202efdp.exe', '-rf', 'tab\there', 'ünï'];
    for (const name of names) repository.write(name, 'x');
    repository.git('add', '-A');
    repository.gitWith(
      {},
      '-c',
      'i18n.commitEncoding=latin1',
      'commit',
      '-q',
      '-m',
      'Caf\u00e9 "quoted" <b>\n\n\u0001\u001b[31m',
    );
    writeFileSync(`${folder.path}/message`, Buffer.from([0x66, 0xff, 0xfe, 0x0a]));
    repository.git('commit', '-q', '--allow-empty', '-F', `${folder.path}/message`);
    repository.git('branch', 'fix/"quoted"-`name`-$(id)-ünï');
    const { events } = await (await watch({ path: repository.dir })).look();
    const [first, second] = events;
    const files = (first?.data['files'] ?? []) as { path: string }[];
    expect(files.map(({ path }) => path).sort()).toEqual([...names].sort());
    // What is no UTF-8 git takes for Latin-1.
    expect(second?.title).toBe('f\u00ff\u00fe');
    expect(events.map(({ subject }) => subject)).toContain('shop/branch/fix/"quoted"-`name`-$(id)-ünï');
  });

  it('may merge eight branches, date a commit by nonsense and give it no message', async () => {
    const base = repository.commit('Base');
    const sides = Array.from({ length: 8 }, (_, index) => `side-${index}`);
    for (const side of sides) {
      const tree = repository.git('rev-parse', 'HEAD^{tree}');
      const commit = repository.git('commit-tree', tree, '-p', base, '-m', side);
      repository.git('branch', side, commit);
    }
    const parents = sides.flatMap((side) => ['-p', repository.head(side)]);
    const octopus = repository.git('commit-tree', 'HEAD^{tree}', ...parents, '-m', '');
    const far = { GIT_AUTHOR_DATE: '@253402300000 +0000', GIT_COMMITTER_DATE: '@253402300000 +0000' };
    const future = repository.gitWith(
      far,
      'commit-tree',
      'HEAD^{tree}',
      '-p',
      octopus,
      '-m',
      'From the future',
    );
    repository.git('update-ref', 'refs/heads/main', future);
    const { events, watermark } = await (await watch({ path: repository.dir })).look();
    const commits = events.filter(({ type }) => type === 'commit');
    expect(commits.find(({ data }) => data['merge'])?.title).toBe(`Commit ${octopus.slice(0, 8)}`);
    const last = commits.find(({ title }) => title === 'From the future');
    expect(last).toMatchObject({ timestamp: watermark, time_precision: 'gap' });
  });
});

describe('a hostile configuration', () => {
  it.each([
    'ext::sh -c "touch executed"',
    '--upload-pack=touch',
    'ssh://-oProxyCommand=touch/x',
    'https://ada:hunter2@git.example.com/acme/shop',
    `https://${'hunter2'.repeat(6)}@git.example.com/acme/shop`,
    'git://git.example.com/acme/shop',
    'http://git.example.com/acme/shop',
  ])('%s is refused before git sees it', (url) => {
    const parsed = GitConfig.safeParse({ repositories: [{ url }] });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('hunter2');
  });

  it('reads nothing of this machine where that is not allowed', async () => {
    repository.commit('One');
    for (const given of [{ path: repository.dir }, { url: `file://${repository.dir}` }]) {
      const shop = await watch(given, { PAINCHAIN_GIT_LOCAL: 'false' });
      await expect(shop.look()).rejects.toMatchObject({ code: 'local-not-allowed' });
    }
  });

  it('shows its token to the host it is for, and to nobody on this machine', async () => {
    const program = `${folder.path}/git-spy`;
    const spied = `${folder.path}/spied`;
    writeFileSync(program, `#!/bin/sh\necho "$@" >> ${spied}\nexec git "$@"\n`);
    chmodSync(program, 0o755);
    const given = { url: 'https://git.invalid/acme/shop', token: 'glpat-s3cretS3cretS3cret' };
    const shop = await watch(given, { PAINCHAIN_GIT_EXECUTABLE: program });
    const thrown = await shop.look().catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'host-not-found', kind: 'upstream' });
    expect(readFileSync(spied, 'utf8')).toContain('ls-remote');
    for (const text of [readFileSync(spied, 'utf8'), inspect(thrown, { depth: 9 })]) {
      expect(text).not.toContain('s3cret');
      expect(text).not.toContain(Buffer.from('oauth2:glpat-s3cretS3cretS3cret').toString('base64'));
    }
  });
});

describe('PAINCHAIN_GIT_LOCAL', () => {
  it.each([
    [undefined, true],
    ['true', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['no', false],
    ['0', false],
  ])('%s allows local files: %s', (said, allowed) => {
    expect(readSurroundings({ PAINCHAIN_GIT_LOCAL: said }).allowLocal).toBe(allowed);
  });
});
