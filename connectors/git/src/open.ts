import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GitConfig, Repository as Configured, Surroundings } from './config.js';
import { type Credentials, gitEnvironment } from './git/environment.js';
import { configurationError } from './git/faults.js';
import { Git } from './git/git.js';
import { refreshMirror } from './git/mirror.js';
import { type RemoteUrl, parseRemoteUrl } from './git/remote-url.js';
import { type Repository, checkGit, openRepository } from './git/repository.js';

/** What is needed to open one configured repository. */
export interface Opening {
  configured: Configured;
  config: Pick<GitConfig, 'username' | 'token'>;
  surroundings: Surroundings;
  dataDir: string;
}

/** Looking for the program is done once: each look costs few processes. */
const checked = new WeakSet<Surroundings>();

async function checkOnce(git: Git, surroundings: Surroundings): Promise<void> {
  if (checked.has(surroundings)) return;
  await checkGit(git);
  checked.add(surroundings);
}

function refuseLocal(): Error {
  return configurationError(
    'local-not-allowed',
    'This connector does not read repositories from its own disk.',
    'Give an https or ssh `url` instead of a `path`.',
  );
}

function checkPath(path: string): void {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(path).isDirectory();
    // To spawn, a folder that may not be entered looks like a missing program.
    if (isDirectory) statSync(`${path}/.`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM') {
      throw configurationError(
        'no-permission',
        `${path} may not be read by the user that the connector runs as.`,
        'Give that user read access to the folder and to the folders above it.',
      );
    }
    throw configurationError(
      'path-not-found',
      `${path} does not exist here.`,
      'Check `path`. In a container it is the path inside of it: mount the repository there.',
    );
  }
  if (isDirectory) return;
  throw configurationError('not-a-repository', `${path} is no folder.`, 'Point `path` to a folder.');
}

async function openLocal(path: string, opening: Opening, signal: AbortSignal): Promise<Repository> {
  const { surroundings, configured } = opening;
  if (!surroundings.allowLocal) throw refuseLocal();
  const cwd = resolve(path);
  checkPath(cwd);
  const { executable, inherited } = surroundings;
  // `*`: what git compares with is known only once the repository is open; this process opens no other.
  const env = gitEnvironment({ inherited, protocols: [], ...(configured.trusted && { trusted: '*' }) });
  const git = new Git({ executable, cwd, env, signal });
  await checkOnce(git, surroundings);
  return openRepository(git, true);
}

function credentialsFor(remote: RemoteUrl, { configured, config }: Opening): Credentials | undefined {
  const token = configured.token ?? config.token;
  if (token === undefined) return undefined;
  // Forges take any name beside a token; one that must be right is given in the configuration.
  return { username: configured.username ?? remote.username ?? config.username ?? 'oauth2', token };
}

function parse(url: string): RemoteUrl {
  const remote = parseRemoteUrl(url);
  if (typeof remote === 'object' && remote.protocol !== 'http') return remote;
  throw configurationError(
    'bad-url',
    'The URL is none that is allowed.',
    'Use https://host/owner/repo.git or ssh://git@host/owner/repo.git, and put a token in `token`.',
  );
}

async function openRemote(url: string, opening: Opening, signal: AbortSignal): Promise<Repository> {
  const remote = parse(url);
  const { executable, inherited, allowLocal } = opening.surroundings;
  if (remote.protocol === 'file' && !allowLocal) throw refuseLocal();
  const credentials = credentialsFor(remote, opening);
  const open = (cwd: string, network: boolean) => {
    const env = gitEnvironment({
      inherited,
      protocols: network ? [remote.protocol] : [],
      ...(network && credentials && remote.origin && { credentials: { origin: remote.origin, credentials } }),
    });
    return new Git({ executable, cwd, env, signal });
  };
  mkdirSync(opening.dataDir, { recursive: true });
  await checkOnce(open(opening.dataDir, false), opening.surroundings);
  const name = createHash('sha256').update(remote.fetchUrl).digest('hex').slice(0, 32);
  const dir = join(opening.dataDir, 'mirrors', name);
  const trusted = remote.protocol === 'file' && opening.configured.trusted;
  return openRepository(await refreshMirror(open, dir, { url: remote.fetchUrl, trusted }), false, remote);
}

/** Opens a configured repository for reading; a remote one is fetched first. */
export function open(opening: Opening, signal: AbortSignal): Promise<Repository> {
  const { path, url } = opening.configured;
  return url === undefined ? openLocal(path ?? '.', opening, signal) : openRemote(url, opening, signal);
}

/** What to call a repository that can't be opened now: the name that it will have, as far as it can be told. */
export function fallbackProject({ name, url, path }: Configured): string {
  const remote = url === undefined ? undefined : parseRemoteUrl(url);
  const folder = resolve(path ?? '.')
    .split(/[\\/]/)
    .at(-1);
  return name ?? (typeof remote === 'object' ? remote.path : undefined) ?? (folder || 'repository');
}
