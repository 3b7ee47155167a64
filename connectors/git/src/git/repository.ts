import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Git, GitError } from './git.js';
import { configurationError } from './faults.js';
import { type RemoteUrl, parseRemoteUrl } from './remote-url.js';

/** A repository that is open for reading. */
export interface Repository {
  git: Git;
  /** Where refs and objects lie, whichever worktree was opened. */
  commonDir: string;
  /** Its reflogs can be trusted to be written: our own mirror has none. */
  local: boolean;
  remote: RemoteUrl | undefined;
  folder: string;
  /** Commits whose parents a shallow clone has left out. */
  boundary: ReadonlySet<string>;
}

/** GIT_CONFIG_GLOBAL came with it; whatever is older would read the user's own config. */
const oldest = [2, 32] as const;

/** Makes sure that a git is there, and one that keeps its promises. Returns its version. */
export async function checkGit(git: Git): Promise<string> {
  const version = (await git.text(['version'])).replace(/^git version /, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw configurationError(
      'git-too-old',
      `git ${version} is too old to be kept from running what a repository's config names.`,
      `Install git ${oldest.join('.')} or newer.`,
    );
  }
  return version;
}

/** The URL that the repository was cloned from; `origin` first. A URL that can't be shown safely is none. */
async function remoteOf(git: Git): Promise<RemoteUrl | undefined> {
  const output = await git.answer(['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  const remotes = (output ?? '')
    .split('\0')
    .filter(Boolean)
    .map((entry) => ({ key: entry.split('\n', 1)[0] ?? '', url: entry.slice(entry.indexOf('\n') + 1) }));
  const chosen = remotes.find(({ key }) => key === 'remote.origin.url') ?? remotes[0];
  // Whoever cloned it may have left a password, or a token in place of the user.
  const url = chosen?.url
    .replace(/^(https?:\/\/)[^@/]*@/i, '$1')
    .replace(/^([a-z]+:\/\/)[^@/]*:[^@/]*@/i, '$1');
  const parsed = url === undefined ? undefined : parseRemoteUrl(url);
  return typeof parsed === 'object' && parsed.protocol !== 'file' ? parsed : undefined;
}

function readBoundary(commonDir: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(join(commonDir, 'shallow'), 'utf8').split('\n').filter(Boolean));
  } catch {
    return new Set();
  }
}

function folderName(commonDir: string): string {
  const folder = basename(commonDir) === '.git' ? dirname(commonDir) : commonDir;
  return basename(folder).replace(/\.git$/, '') || 'repository';
}

/** Opens what git finds at or above its folder: a working copy, a worktree, a bare repository. */
export async function openRepository(git: Git, local: boolean, remote?: RemoteUrl): Promise<Repository> {
  const commonDir = await git.text(['rev-parse', '--path-format=absolute', '--git-common-dir']);
  return {
    git,
    commonDir,
    local,
    remote: remote ?? (await remoteOf(git)),
    folder: folderName(commonDir),
    boundary: readBoundary(commonDir),
  };
}

/**
 * Where all keys of a repository begin: its remote, so that two clones of one repository tell one fact. A
 * repository without a remote is known by its first commit and its folder's name, wherever it lies.
 */
export async function identify(repository: Repository, tips: readonly string[]): Promise<string[]> {
  if (repository.remote) return [repository.remote.identity];
  const args = ['rev-list', '--max-parents=0', '--stdin'];
  const roots = await repository.git.text(args, { stdin: `${tips.join('\n')}\n`, timeoutMs: 600_000 });
  const first = roots.split('\n').filter(Boolean).sort()[0];
  if (first === undefined) throw new GitError('failed', 'rev-list', 'no root commit', null);
  return ['local', first, repository.folder];
}
