import type { ChangeSummary, CommitFacts, CommitLine, Observation, RepositoryFacts } from './facts.js';
import { instantOf } from './when.js';

export function short(sha: string): string {
  return sha.slice(0, 8);
}

/** The first line of a message, or what to call a commit that has none. */
export function subjectOf(message: string, fallback: string): string {
  return (
    message
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? fallback
  );
}

export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export function commitRef(sha: string): string {
  return `commit:${sha}`;
}

export function commitUrl(repository: RepositoryFacts, sha: string): { url: string } | undefined {
  return repository.webUrl === undefined ? undefined : { url: `${repository.webUrl}/commit/${sha}` };
}

export function lineOf(commit: CommitFacts): CommitLine {
  return {
    sha: commit.sha,
    subject: subjectOf(commit.message, short(commit.sha)).slice(0, 200),
    author: commit.author.name,
    committed_at: instantOf(commit.committedAt),
  };
}

/** What changed, flat, as it stands in an event's data. */
export function changeData(changes: ChangeSummary | undefined): object {
  if (changes === undefined) return {};
  const { files, files_total, additions, deletions } = changes;
  return { files_total, additions, deletions, files };
}

/** The two looks that a move was found between. */
export function windowData({ since, at }: Observation): object {
  return since === null ? {} : { seen_between: { from: since, to: at } };
}
