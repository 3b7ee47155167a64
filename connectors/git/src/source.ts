import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Collect, type Page, type Source, redactSecret } from '@painchain/connector-sdk';
import { type GitConfig, type Repository as Configured, sourceName } from './config.js';
import { type LostProgress, type Progress, fromCursor } from './cursor.js';
import { explain } from './git/faults.js';
import { GitError } from './git/git.js';
import { readCommitLines } from './git/read-commits.js';
import { tidyMirror } from './git/mirror.js';
import type { Repository } from './git/repository.js';
import { isQuiet, look } from './look.js';
import { type Opening, fallbackProject, open } from './open.js';
import { tell } from './tell.js';
import { instantOf } from './translate/when.js';

const localSeconds = 10;
const remoteSeconds = 60;

/** What to call the repository's project: as configured, else by its remote, else by its folder. */
export function projectOf(configured: Configured, { remote, folder }: Repository): string {
  return configured.name ?? remote?.path ?? folder;
}

function shortFingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Says which part of a window a look could not see. */
function reportBlindness(run: Collect, known: Progress | LostProgress | null, at: string): void {
  if (known !== null && 'lost' in known && run.watermark !== null) {
    const reason = 'The memory of where refs were is lost; moves in between cannot be told.';
    run.coverage({ from: run.watermark, to: at, kind: 'blind', reason });
  }
}

/** What the first look ever finds was never seen happening: a branch that has come and gone left nothing behind. */
function reportBackfill(run: Collect, { pending }: Progress): void {
  if (!pending?.backfill || pending.commits.since === undefined || run.watermark !== null) return;
  const from = instantOf(pending.commits.since);
  const reason = 'Made out of the history at the first look.';
  if (from !== null) run.coverage({ from, to: pending.at, kind: 'reconstructed', reason });
}

/** A shallow clone has nothing from before its boundary: that part of the first look is blind. */
async function reportShallowness(run: Collect, { git, boundary }: Repository, at: string, days: number) {
  if (boundary.size === 0) return;
  const commits = await readCommitLines(git, [...boundary].slice(0, 1_000));
  const oldest = instantOf(Math.max(...commits.map(({ committedAt }) => committedAt)));
  const from = new Date(Date.parse(at) - days * 86_400_000).toISOString();
  if (oldest === null || oldest <= from || oldest > at) return;
  const reason = 'The clone is shallow: older commits are not here. `git fetch --unshallow` brings them.';
  run.coverage({ from, to: oldest, kind: 'blind', reason });
}

/** Words of git that may name a path or a host go to the log only, not into what is shown. */
function logged(run: Collect, error: unknown): unknown {
  if (error instanceof GitError && error.kind !== 'aborted')
    run.log.warn({ git: error.message }, 'git failed');
  return explain(error);
}

/** One configured repository as a source: each run is one look at it. */
export function repositorySource(opening: Opening, config: GitConfig, opened?: Repository): Source {
  const { configured } = opening;
  const name = sourceName(configured);
  const stateDir = join(opening.dataDir, 'state', shortFingerprint(name));
  const interval = config.polling.interval ?? (configured.url === undefined ? localSeconds : remoteSeconds);
  let project = opened === undefined ? fallbackProject(configured) : projectOf(configured, opened);

  async function* collect(run: Collect): AsyncGenerator<Page, void, void> {
    const repository = await open(opening, run.signal);
    project = projectOf(configured, repository);
    const at = new Date(run.now()).toISOString();
    let known = fromCursor(run.cursor, stateDir);
    reportBlindness(run, known, at);
    const factsOf = ({ identity }: Progress) => {
      const webUrl = configured.web_url?.replace(/\/+$/, '') ?? repository.remote?.webUrl;
      return { identity, project, webUrl };
    };
    const tellerOf = (progress: Progress) => ({ run, repository, facts: factsOf(progress), stateDir });

    let since = run.watermark;
    if (known !== null && !('lost' in known) && known.pending !== null) {
      since = known.pending.at;
      reportBackfill(run, known);
      for await (const { progress, ...page } of tell(known, tellerOf(known))) {
        yield page;
        known = progress;
      }
    }
    const selection = { branches: configured.branches, remoteBranches: configured.remote_branches };
    const seen = await look(repository, known, { selection, at, since, backfill: config.backfill });
    if (seen === null || isQuiet(seen)) {
      yield { events: [], watermark: at };
      return;
    }
    reportBackfill(run, seen);
    if (seen.pending?.backfill) await reportShallowness(run, repository, at, config.backfill.days);
    for await (const { progress: _told, ...page } of tell(seen, tellerOf(seen))) yield page;
    if (!repository.local) await tidyMirror(repository.git);
  }

  return {
    name,
    get project() {
      return project;
    },
    tags: configured.tags,
    intervalSeconds: interval,
    async *collect(run) {
      try {
        yield* collect(run);
      } catch (error) {
        throw logged(run, error);
      }
    },
  };
}

/** One source per repository. What can't be opened yet is a source, too, and says why by itself. */
export async function repositorySources(
  config: GitConfig,
  context: { dataDir: string; signal: AbortSignal },
  surroundings: Opening['surroundings'],
): Promise<Source[]> {
  // Inside of a list no variable names them, so nobody else knows that these are secrets.
  for (const { token } of [config, ...config.repositories]) {
    if (token !== undefined) redactSecret(token);
  }
  const sources: Source[] = [];
  for (const configured of config.repositories) {
    const opening = { configured, config, surroundings, dataDir: context.dataDir };
    // A remote is not fetched here: the list of sources must not wait for the slowest host.
    const local = configured.url === undefined;
    const opened = local ? await open(opening, context.signal).catch(() => undefined) : undefined;
    sources.push(repositorySource(opening, config, opened));
  }
  return sources;
}
