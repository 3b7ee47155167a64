import type { Translation } from '@painchain/connector-sdk';
import type { CommitFacts, Observation, RepositoryFacts } from './facts.js';
import { instantOf, whenCommitted } from './when.js';
import { changeData, commitRef, commitUrl, short, firstLine } from './wording.js';

/**
 * A commit as one event. Found at the first look or by a later move, it has the same key, date and shape, so
 * that a commit that is reachable in many ways is one fact.
 */
export function translateCommit(
  commit: CommitFacts,
  repository: RepositoryFacts,
  observation: Observation,
): Translation {
  const { sha, parents, author, committer, message, authoredAt, committedAt } = commit;
  return {
    kind: 'events',
    events: [
      {
        key_parts: [...repository.identity, 'commit', sha],
        title: firstLine(message, `Commit ${short(sha)}`),
        type: 'commit',
        project: repository.project,
        ...whenCommitted(committedAt, observation),
        ...(author.name.trim() !== '' && { actor: author.name }),
        ...commitUrl(repository, sha),
        subject: `${repository.project}/commit/${sha}`,
        refs: [commitRef(sha)],
        ...(observation.backfill && { backfill: true }),
        data: {
          sha,
          short_sha: short(sha),
          message,
          author,
          committer,
          authored_at: instantOf(authoredAt),
          committed_at: instantOf(committedAt),
          parents,
          ...(parents.length > 1 && { merge: true }),
          ...changeData(commit.changes),
        },
      },
    ],
  };
}
