import { type Shape, userOf, written } from '../shape.js';
import type { Issue, IssueEvent } from '../world/issues.js';
import type { Pull } from '../world/pulls.js';
import type { Repository } from '../world/repository.js';
import { type Reply, type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

const labelsOf = (labels: readonly string[]) =>
  labels.map((name, index) => ({ id: index + 1, name, color: 'ededed' }));

function issueOf(issue: Issue, { webUrl }: Repository): Shape<'issue'> {
  const { id, number, closed } = issue;
  return {
    id,
    node_id: `I_${id}`,
    number,
    html_url: `${webUrl}/issues/${number}`,
    title: issue.title,
    body: 'What is wrong.',
    state: closed ? 'closed' : 'open',
    state_reason: closed ? 'completed' : null,
    user: userOf(issue.by),
    labels: labelsOf(issue.labels),
    comments: 0,
    created_at: written(issue.createdAt),
    updated_at: written(issue.updatedAt),
    closed_at: closed ? written(closed.at) : null,
    // As lists have it: who closed it stands in the issue itself only.
    closed_by: null,
  };
}

/** A pull request among the issues, as their list shows it. */
function pullAsIssue(pull: Pull, { webUrl }: Repository): Shape<'issue'> {
  const { number, closedAt, merged } = pull;
  const web = `${webUrl}/pull/${number}`;
  return {
    id: pull.id + 5_000_000,
    number,
    html_url: web,
    title: pull.title,
    state: closedAt === undefined ? 'open' : 'closed',
    user: userOf(pull.by),
    labels: labelsOf(pull.labels),
    created_at: written(pull.createdAt),
    updated_at: written(pull.updatedAt),
    closed_at: closedAt === undefined ? null : written(closedAt),
    pull_request: { html_url: web, merged_at: merged ? written(merged.at) : null },
  };
}

function issues(ask: RepositoryAsk): Reply {
  const { query, repository } = ask;
  const since = Date.parse(query.get('since') ?? '') || 0;
  const state = query.get('state') ?? 'open';
  const byUpdate = query.get('sort') === 'updated';
  const found = shown([...repository.issues, ...repository.pulls], ask, ({ createdAt, updatedAt }) =>
    byUpdate ? updatedAt : createdAt,
  ).filter(({ updatedAt }) => updatedAt >= since);
  if (query.get('direction') === 'asc') found.reverse();
  const items = found.map((item) =>
    'head' in item ? pullAsIssue(item, repository) : issueOf(item, repository),
  );
  return list(items.filter((item) => state === 'all' || item.state === state));
}

function eventOf(
  { id, number, kind, by, at, label }: IssueEvent,
  repository: Repository,
): Shape<'issue-event'> {
  const pull = repository.pulls.find((other) => other.number === number);
  const issue = repository.issues.find((other) => other.number === number);
  return {
    id,
    node_id: `IE_${id}`,
    event: kind,
    actor: userOf(by),
    commit_id: kind === 'merged' ? (pull?.merged?.sha ?? null) : null,
    created_at: written(at),
    ...(label === undefined ? {} : { label: { name: label, color: 'ededed' } }),
    ...(pull ? { issue: pullAsIssue(pull, repository) } : {}),
    ...(issue ? { issue: issueOf(issue, repository) } : {}),
  };
}

export const issueRoutes: Route<RepositoryAsk>[] = [
  [/^issues$/, issues],
  [
    /^issues\/events$/,
    (ask) => {
      const found = shown(ask.repository.issueEvents, ask, ({ at }) => at);
      return list(found.map((event) => eventOf(event, ask.repository)));
    },
  ],
  [
    /^issues\/(\d+)$/,
    ({ repository }, number) => {
      const issue = repository.issues.find((other) => other.number === Number(number));
      const closed_by = issue?.closed ? userOf(issue.closed.by) : null;
      return issue ? json({ ...issueOf(issue, repository), closed_by }) : notFound;
    },
  ],
  [
    /^issues\/(\d+)\/events$/,
    (ask, number) => {
      const found = shown(ask.repository.issueEvents, ask, ({ at }) => at).reverse();
      const own = found.filter((event) => event.number === Number(number));
      return list(own.map((event) => eventOf(event, ask.repository)));
    },
  ],
];
