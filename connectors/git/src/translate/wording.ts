import { commitRef, counted, firstLine, short } from '@painchain/connector-sdk/wording';
import type { ChangeSummary, CommitFacts, CommitLine, Observation, RepositoryFacts } from './facts.js';
import { instantOf } from './when.js';

export { commitRef, counted, firstLine, short };

export function commitUrl(repository: RepositoryFacts, sha: string): { url: string } | undefined {
  return repository.webUrl === undefined ? undefined : { url: `${repository.webUrl}/commit/${sha}` };
}

export function lineOf(commit: CommitFacts): CommitLine {
  return {
    sha: commit.sha,
    subject: firstLine(commit.message, short(commit.sha)).slice(0, 200),
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
