import { type Commit, ancestors } from '@painchain/connector-sdk/testing/pretend';
import type { PushEvent, Tag } from '../world/git.js';
import type { Project } from '../world/project.js';
import { userOf, written } from '../written.js';
import { type ProjectAsk, type Reply, type Route, json, list, notFound } from './reply.js';

export function commitOf(sha: string, { commits, world, webUrl }: Project): object {
  const commit = commits.get(sha);
  const { parents = [], message = 'Change something', author = 'ada', at = 0 } = commit ?? {};
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    created_at: written(world, at),
    parent_ids: parents,
    title: message.split('\n')[0],
    message,
    author_name: author,
    author_email: `${author}@example.com`,
    authored_date: written(world, at),
    committer_name: author,
    committer_email: `${author}@example.com`,
    committed_date: written(world, at),
    trailers: {},
    extended_trailers: {},
    web_url: `${webUrl}/-/commit/${sha}`,
  };
}

function eventOf(event: PushEvent, project: Project): object {
  const { id, at, by, refType, action, ref, from, to, commitCount, refCount } = event;
  const names = { created: 'pushed new', pushed: 'pushed to', removed: 'deleted' };
  return {
    id,
    project_id: project.id,
    action_name: names[action],
    target_id: null,
    target_iid: null,
    target_type: null,
    author_id: userOf(by).id,
    target_title: null,
    created_at: written(project.world, at),
    author: userOf(by),
    imported: false,
    imported_from: 'none',
    push_data: {
      commit_count: commitCount,
      action,
      ref_type: refType,
      commit_from: from ?? null,
      commit_to: to ?? null,
      ref: ref ?? null,
      commit_title: to === undefined ? null : (project.commits.get(to)?.message ?? null),
      ref_count: refCount ?? null,
    },
    author_username: by,
  };
}

/** Days, of which neither counts itself. */
function events(ask: ProjectAsk): Reply {
  const { project, query, world } = ask;
  const action = query.get('action');
  const [after, before] = [query.get('after'), query.get('before')];
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const found = project.events
    .filter(({ visibleFrom }) => visibleFrom <= world.now())
    .filter(() => action === null || action === 'pushed')
    .filter(({ at }) => (after === null || day(at) > after) && (before === null || day(at) < before))
    .toSorted((one, other) => one.at - other.at || one.id - other.id);
  if (query.get('sort') !== 'asc') found.reverse();
  return list(found.map((event) => eventOf(event, project)));
}

/** The commit that a branch, a tag or the beginning of its id names. */
function shaOf(ref: string, { branches, tags, commits }: Project): string | undefined {
  const named = branches.get(ref) ?? tags.get(ref)?.commit ?? ref;
  if (commits.has(named)) return named;
  return named.length < 7 ? undefined : [...commits.keys()].find((sha) => sha.startsWith(named));
}

function compare({ project, query }: ProjectAsk): Reply {
  const [base, head] = [query.get('from') ?? '', query.get('to') ?? ''];
  const [from, to] = [base, head].map((ref) => project.commits.get(shaOf(ref, project) ?? ''));
  if (!from || !to) return notFound('404 Ref Not Found');
  const old = ancestors(project, from.sha);
  const ahead = [...ancestors(project, to.sha).values()].filter(({ sha }) => !old.has(sha));
  const commits = ahead.toSorted((one, other) => one.at - other.at);
  const files = [
    ...new Set(commits.flatMap((commit: Commit) => commit.files.map(({ filename }) => filename))),
  ];
  return json({
    commit: commitOf(to.sha, project),
    commits: commits.map(({ sha }) => commitOf(sha, project)),
    diffs: files.map((path) => ({
      diff: '@@ -1 +1 @@\n-a\n+b\n',
      collapsed: false,
      too_large: false,
      new_path: path,
      old_path: path,
      a_mode: '100644',
      b_mode: '100644',
      new_file: false,
      renamed_file: false,
      deleted_file: false,
    })),
    compare_timeout: false,
    compare_same_ref: from.sha === to.sha,
    web_url: `${project.webUrl}/-/compare/${base}...${head}`,
  });
}

/** Where two histories part: the newest commit that is in both. */
function mergeBase({ project, query }: ProjectAsk): Reply {
  const [one, other] = query
    .getAll('refs[]')
    .map((ref) => ancestors(project, project.branches.get(ref) ?? ref));
  const common = [...(one?.values() ?? [])].filter(({ sha }) => other?.has(sha));
  const newest = common.toSorted((a, b) => b.at - a.at)[0];
  return newest ? json(commitOf(newest.sha, project)) : notFound();
}

function tagOf(name: string, { target, commit, annotation }: Tag, project: Project): object {
  const release = project.releases.find(({ tag }) => tag === name);
  return {
    name,
    message: annotation?.message ?? '',
    target,
    commit: commitOf(commit, project),
    release: release ? { tag_name: name, description: release.notes } : null,
    protected: false,
    created_at: annotation ? written(project.world, annotation.at) : null,
  };
}

function tags({ project, query }: ProjectAsk): Reply {
  const at = (tag: Tag) => tag.annotation?.at ?? project.commits.get(tag.commit)?.at ?? 0;
  const found = [...project.tags];
  if (query.get('order_by') === 'name') found.sort(([one], [other]) => (one < other ? -1 : 1));
  else found.sort(([, one], [, other]) => at(one) - at(other));
  if (query.get('sort') !== 'asc') found.reverse();
  return list(
    found.map(([name, tag]) => tagOf(name, tag, project)),
    'name',
  );
}

function branchOf(name: string, sha: string, project: Project): object {
  return {
    name,
    commit: commitOf(sha, project),
    merged: false,
    protected: name === project.defaultBranch,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: false,
    default: name === project.defaultBranch,
    web_url: `${project.webUrl}/-/tree/${name}`,
  };
}

function branches({ project }: ProjectAsk): Reply {
  const found = [...project.branches].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return list(
    found.map(([name, sha]) => branchOf(name, sha, project)),
    'name',
  );
}

function commits({ project, query }: ProjectAsk): Reply {
  const ref = query.get('ref_name') ?? project.defaultBranch;
  const tip = project.branches.get(ref) ?? project.tags.get(ref)?.commit ?? ref;
  const found = [...ancestors(project, tip).values()].toSorted((one, other) => other.at - one.at);
  return list(found.map(({ sha }) => commitOf(sha, project)));
}

export const gitRoutes: Route<ProjectAsk>[] = [
  [/^events$/, events],
  [/^repository\/compare$/, compare],
  [/^repository\/merge_base$/, mergeBase],
  [/^repository\/commits$/, commits],
  [
    /^repository\/commits\/([^/]+)$/,
    ({ project }, ref) => {
      const sha = shaOf(ref, project);
      return sha === undefined
        ? notFound('404 Commit Not Found')
        : json({ ...commitOf(sha, project), stats: { additions: 3, deletions: 1, total: 4 } });
    },
  ],
  [/^repository\/branches$/, branches],
  [
    /^repository\/branches\/(.+)$/,
    ({ project }, name) => {
      const sha = project.branches.get(name);
      return sha === undefined ? notFound('404 Branch Not Found') : json(branchOf(name, sha, project));
    },
  ],
  [/^repository\/tags$/, tags],
  [
    /^repository\/tags\/(.+)$/,
    ({ project }, name) => {
      const tag = project.tags.get(name);
      return tag ? json(tagOf(name, tag, project)) : notFound('404 Tag Not Found');
    },
  ],
];
