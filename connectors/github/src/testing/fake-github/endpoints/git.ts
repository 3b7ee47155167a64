import { type Commit, ancestors } from '@painchain/connector-sdk/testing/pretend';
import { type Shape, userOf, written } from '../shape.js';
import type { ActivityRecord } from '../world/git.js';
import type { Repository } from '../world/repository.js';
import { type Reply, type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

function activityOf(activity: ActivityRecord): Shape<'activity'> {
  const { id, before, after, branch, at, type, by } = activity;
  return {
    id,
    node_id: `ACT_${id}`,
    before,
    after,
    ref: `refs/heads/${branch}`,
    timestamp: written(at),
    activity_type: type,
    actor: userOf(by),
  };
}

function activities(ask: RepositoryAsk): Reply {
  const { query, repository } = ask;
  const ref = query.get('ref')?.replace(/^refs\/heads\//, '');
  const type = query.get('activity_type');
  const found = shown(repository.activities, ask, ({ at }) => at).filter(
    (activity) => (ref === undefined || activity.branch === ref) && (type === null || activity.type === type),
  );
  if (query.get('direction') === 'asc') found.reverse();
  return list(found.map(activityOf), { cursor: true });
}

function commitOf(commit: Commit, { webUrl }: Repository): Shape<'commit'> {
  const { sha, message, author, at, parents } = commit;
  const person = { name: author, email: `${author}@example.com`, date: written(at) };
  return {
    sha,
    html_url: `${webUrl}/commit/${sha}`,
    commit: { message, author: person, committer: person, comment_count: 0 },
    author: userOf(author),
    committer: userOf(author),
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

function filesOf(commits: readonly Commit[]): NonNullable<Shape<'commit-comparison'>['files']> {
  const byName = new Map<string, { additions: number; deletions: number }>();
  for (const { filename, additions, deletions } of commits.flatMap(({ files }) => files)) {
    const known = byName.get(filename) ?? { additions: 0, deletions: 0 };
    byName.set(filename, { additions: known.additions + additions, deletions: known.deletions + deletions });
  }
  return [...byName].map(([filename, { additions, deletions }]) => ({
    filename,
    status: 'modified',
    additions,
    deletions,
    changes: additions + deletions,
  }));
}

function compare({ repository }: RepositoryAsk, range: string): Reply {
  const [base = '', head = ''] = decodeURIComponent(range).split('...');
  const from = repository.commits.get(repository.branches.get(base) ?? base);
  const to = repository.commits.get(repository.branches.get(head) ?? head);
  if (!from || !to) return notFound;
  const [old, current] = [ancestors(repository, from.sha), ancestors(repository, to.sha)];
  const ahead = [...current.values()].filter(({ sha }) => !old.has(sha)).toSorted((a, b) => a.at - b.at);
  const behind = [...old.keys()].filter((sha) => !current.has(sha));
  const status =
    ahead.length > 0
      ? behind.length > 0
        ? 'diverged'
        : 'ahead'
      : behind.length > 0
        ? 'behind'
        : 'identical';
  return json({
    html_url: `${repository.webUrl}/compare/${base}...${head}`,
    base_commit: commitOf(from, repository),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.slice(0, 250).map((commit) => commitOf(commit, repository)),
    files: filesOf(ahead),
  } satisfies Shape<'commit-comparison'>);
}

function tagRefs({ api, repository }: RepositoryAsk): Reply {
  const { fullName, tags } = repository;
  const refs = [...tags].map(([name, { object, annotation }]): Shape<'git-ref'> => {
    const type = annotation ? 'tag' : 'commit';
    const url = `${api}/repos/${fullName}/git/${type}s/${object}`;
    return { ref: `refs/tags/${name}`, node_id: `REF_${name}`, object: { sha: object, type, url } };
  });
  return list(refs.toSorted((a, b) => ((a.ref ?? '') < (b.ref ?? '') ? -1 : 1)));
}

function annotation({ repository }: RepositoryAsk, sha: string): Reply {
  const found = [...repository.tags].find(([, tag]) => tag.object === sha && tag.annotation);
  if (!found?.[1].annotation) return notFound;
  const [tag, { commit, annotation: said }] = found;
  return json({
    sha,
    tag,
    message: said.message,
    tagger: { name: said.by, email: `${said.by}@example.com`, date: written(said.at) },
    object: { sha: commit, type: 'commit' },
  } satisfies Shape<'git-tag'>);
}

function tags({ repository }: RepositoryAsk): Reply {
  return list(
    [...repository.tags].map(([name, { commit: sha }]): Shape<'tag'> => ({ name, commit: { sha } })),
  );
}

function branches(ask: RepositoryAsk): Reply {
  const found = [...ask.repository.branches].map(([name, sha]): Shape<'short-branch'> => ({
    name,
    commit: { sha },
    protected: false,
  }));
  return list(found);
}

function commit({ repository }: RepositoryAsk, ref: string): Reply {
  const found = repository.commits.get(repository.branches.get(decodeURIComponent(ref)) ?? ref);
  return found ? json({ ...commitOf(found, repository), files: filesOf([found]) }) : notFound;
}

export const gitRoutes: Route<RepositoryAsk>[] = [
  [/^activity$/, activities],
  [/^compare\/(.+)$/, compare],
  [/^commits\/(.+)$/, commit],
  [/^branches$/, branches],
  [/^tags$/, tags],
  [/^git\/matching-refs\/tags\/?$/, tagRefs],
  [/^git\/tags\/([0-9a-f]+)$/, annotation],
];
