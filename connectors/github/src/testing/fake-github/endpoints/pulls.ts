import { nothing } from '@painchain/connector-sdk/testing/pretend';
import { type Shape, userOf, written } from '../shape.js';
import type { Pull } from '../world/pulls.js';
import type { Repository } from '../world/repository.js';
import { type Reply, type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

function simple(pull: Pull, repository: Repository): Shape<'pull-request-simple'> {
  const { number, head, merged, closedAt } = pull;
  const web = `${repository.webUrl}/pull/${number}`;
  const repo = { id: repository.id, name: repository.name, full_name: repository.fullName };
  return {
    id: pull.id,
    node_id: `PR_${pull.id}`,
    number,
    html_url: web,
    state: closedAt === undefined ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    body: 'Why this is changed.',
    user: userOf(pull.by),
    labels: pull.labels.map((name, index) => ({ id: index + 1, name, color: 'ededed' })),
    created_at: written(pull.createdAt),
    updated_at: written(pull.updatedAt),
    closed_at: closedAt === undefined ? null : written(closedAt),
    merged_at: merged ? written(merged.at) : null,
    // Before it is merged, this is a commit that GitHub tries the merge with.
    merge_commit_sha: merged?.sha ?? head.sha.split('').reverse().join(''),
    assignees: [],
    requested_reviewers: [userOf('reviewer')],
    requested_teams: [],
    head: {
      label: `${head.owner}:${head.branch}`,
      ref: head.branch,
      sha: head.sha,
      user: userOf(head.owner),
    },
    base: {
      label: `${repository.owner.login}:${pull.base}`,
      ref: pull.base,
      sha: repository.branches.get(pull.base) ?? nothing,
      repo,
    },
    author_association: 'CONTRIBUTOR',
    draft: pull.draft,
  };
}

function full(pull: Pull, repository: Repository): Shape<'pull-request'> {
  const { merged } = pull;
  return {
    ...(simple(pull, repository) as Shape<'pull-request'>),
    merged: merged !== undefined,
    mergeable: merged ? null : true,
    merged_by: merged ? userOf(merged.by) : null,
    comments: 1,
    commits: 2,
    additions: 12,
    deletions: 3,
    changed_files: 2,
  };
}

function pulls(ask: RepositoryAsk): Reply {
  const { query, repository } = ask;
  const state = query.get('state') ?? 'open';
  const byUpdate = query.get('sort') === 'updated';
  const found = shown(repository.pulls, ask, ({ createdAt, updatedAt }) =>
    byUpdate ? updatedAt : createdAt,
  );
  if (query.get('direction') === 'asc') found.reverse();
  const wanted = found.filter(
    ({ closedAt }) => state === 'all' || (closedAt === undefined ? 'open' : 'closed') === state,
  );
  return list(wanted.map((pull) => simple(pull, repository)));
}

const numbered = ({ pulls: all }: Repository, number: string) =>
  all.find((pull) => pull.number === Number(number));

function reviews({ repository }: RepositoryAsk, number: string): Reply {
  const pull = numbered(repository, number);
  if (!pull) return notFound;
  return list(
    pull.reviews.map(({ id, by, state, at }): Shape<'pull-request-review'> => ({
      id,
      user: userOf(by),
      state,
      body: '',
      submitted_at: written(at),
      commit_id: pull.head.sha,
      html_url: `${repository.webUrl}/pull/${number}#pullrequestreview-${id}`,
    })),
  );
}

export const pullRoutes: Route<RepositoryAsk>[] = [
  [/^pulls$/, pulls],
  [
    /^pulls\/(\d+)$/,
    ({ repository }, number) => {
      const pull = numbered(repository, number);
      return pull ? json(full(pull, repository)) : notFound;
    },
  ],
  [/^pulls\/(\d+)\/reviews$/, reviews],
];
