import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Git, GitError } from './git.js';

/** Opens git in a folder; `network` lets it speak to the remote. */
export type OpenGit = (cwd: string, network: boolean) => Git;

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

function dropStaleLocks(dir: string): void {
  const entries = [
    ...readdirSync(dir, { withFileTypes: true }),
    ...readdirSync(join(dir, 'refs'), { recursive: true, withFileTypes: true }),
  ];
  for (const entry of entries) {
    if (!entry.name.endsWith('.lock') || !entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (Date.now() - statSync(path).mtimeMs > staleLockMs) rmSync(path, { force: true });
  }
}

/**
 * Brings our own bare copy of a remote up to date and returns it. All refs move in one step or none does, so
 * a fetch that is cut off leaves the last complete look.
 */
export async function refreshMirror(open: OpenGit, dir: string, fetchUrl: string): Promise<Git> {
  if (!(await isWhole(open, dir))) await create(open, dir);
  dropStaleLocks(dir);
  await open(dir, true).text(
    [
      'fetch',
      '--quiet',
      '--prune',
      '--force',
      '--atomic',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--end-of-options',
      fetchUrl,
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
    ],
    { timeoutMs: fetchMs },
  );
  return open(dir, false);
}

/** Packs the mirror when it has grown untidy. Commits that a force push dropped stay for two weeks. */
export async function tidyMirror(git: Git): Promise<void> {
  await git.text(['-c', 'gc.auto=4000', '-c', 'gc.autoDetach=false', 'gc', '--auto', '--quiet'], {
    timeoutMs: fetchMs,
  });
}
