import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SourceError } from '@painchain/connector-sdk';
import { isDamage } from './faults.js';
import { type Git, GitError } from './git.js';

/** Opens git in a folder; `network` lets it speak to the remote. */
export type OpenGit = (cwd: string, network: boolean) => Git;

const listMs = 5 * 60_000;
const fetchMs = 30 * 60_000;
/** A lock is held for an instant; one this old was left behind by a process that was killed. */
const staleLockMs = 60_000;

/** Made beside its place and moved there as a whole: a half-made mirror is never seen. */
async function create(open: OpenGit, dir: string): Promise<void> {
  mkdirSync(dirname(dir), { recursive: true });
  const temporary = `${dir}.${process.pid}.new`;
  rmSync(temporary, { recursive: true, force: true });
  const git = open(dirname(dir), false);
  await git.text(['init', '-q', '--bare', '--template=', '--', basename(temporary)]);
  rmSync(dir, { recursive: true, force: true });
  renameSync(temporary, dir);
}

async function isWhole(open: OpenGit, dir: string): Promise<boolean> {
  if (!existsSync(dir)) return false;
  try {
    await open(dir, false).text(['rev-parse', '--resolve-git-dir', '.']);
    return true;
  } catch (error) {
    if (error instanceof GitError && error.kind === 'failed') return false;
    throw error;
  }
}

/** What killed processes have left behind: locks, and packs that were never finished. */
function dropLeftovers(dir: string): void {
  drop(dir, { deep: false, name: /\.lock$/, olderThanMs: staleLockMs });
  drop(join(dir, 'refs'), { deep: true, name: /\.lock$/, olderThanMs: staleLockMs });
  drop(join(dir, 'objects', 'pack'), { deep: false, name: /^(?:\.tmp-|tmp_)/, olderThanMs: fetchMs });
}

function drop(dir: string, which: { deep: boolean; name: RegExp; olderThanMs: number }): void {
  if (!existsSync(dir)) return;
  for (const entry of readdirSync(dir, { recursive: which.deep, withFileTypes: true })) {
    if (!which.name.test(entry.name) || !entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (Date.now() - statSync(path).mtimeMs > which.olderThanMs) rmSync(path, { force: true });
  }
}

/** Refs that the remote no longer has. Before the fetch, since the branch `a` is in the way of `a/b`. */
async function dropVanished(git: Git, mirrored: string, advertised: string): Promise<void> {
  const refOf = (line: string) => line.split('\t')[1] ?? '';
  const there = new Set(advertised.split('\n').map(refOf));
  const vanished = mirrored
    .split('\n')
    .map(refOf)
    .filter((ref) => ref !== '' && !there.has(ref));
  if (vanished.length === 0) return;
  await git.text(['update-ref', '--stdin'], { stdin: vanished.map((ref) => `delete ${ref}\n`).join('') });
}

async function refresh(git: Git, remote: MirroredRemote): Promise<void> {
  const program = remote.trusted ? [`--upload-pack=git -c safe.directory='*' upload-pack`] : [];
  const listing = ['ls-remote', '--refs', '--heads', '--tags', ...program, '--end-of-options', remote.url];
  const advertised = await git.text(listing, { timeoutMs: listMs });
  const format = '--format=%(objectname)%09%(refname)';
  const mirrored = await git.text(['for-each-ref', format, 'refs/heads', 'refs/tags']);
  if (advertised === mirrored) return;
  if (advertised === '') throw nothingAdvertised();
  await dropVanished(git, mirrored, advertised);
  await git.text(
    [
      'fetch',
      '--quiet',
      '--force',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      ...program,
      '--end-of-options',
      remote.url,
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
    ],
    { timeoutMs: fetchMs },
  );
}

/** A broken proxy's empty answer looks like this, too; believing it would tell every branch as deleted. */
function nothingAdvertised(): SourceError {
  return new SourceError({
    code: 'remote-empty',
    detail: 'The remote had branches and now shows none at all, so its answer is not believed.',
    remedy: 'Nothing to do if something in between is broken: it is asked again until a branch is there.',
    kind: 'upstream',
  });
}

export interface MirroredRemote {
  url: string;
  /** A repository on this machine that may belong to somebody else: the git that serves it must know. */
  trusted: boolean;
}

/**
 * Brings our own bare copy of a remote up to date and returns it. A fetch that is cut off is no look: the next
 * one completes it. A copy that is damaged is made anew; what was told of it does not depend on it.
 */
export async function refreshMirror(open: OpenGit, dir: string, remote: MirroredRemote): Promise<Git> {
  if (!(await isWhole(open, dir))) await create(open, dir);
  dropLeftovers(dir);
  try {
    await refresh(open(dir, true), remote);
  } catch (error) {
    if (!isDamage(error) || !(await isDamaged(open(dir, false)))) throw error;
    await create(open, dir);
    await refresh(open(dir, true), remote);
  }
  return open(dir, false);
}

/** Whether it is our copy that is damaged, and not what the remote has. */
async function isDamaged(git: Git): Promise<boolean> {
  try {
    await git.text(['rev-list', '--objects', '--all', '--quiet'], { timeoutMs: fetchMs });
    return false;
  } catch (error) {
    if (error instanceof GitError && error.kind === 'failed') return true;
    throw error;
  }
}

/** Packs the mirror when it has grown untidy. Commits that a force push dropped stay for two weeks. */
export async function tidyMirror(git: Git): Promise<void> {
  await git.text(['-c', 'gc.auto=4000', '-c', 'gc.autoDetach=false', 'gc', '--auto', '--quiet'], {
    timeoutMs: fetchMs,
  });
}
