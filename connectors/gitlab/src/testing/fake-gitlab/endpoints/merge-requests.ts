import type { MergeRequest } from '../world/merge-requests.js';
import type { Project } from '../world/project.js';
import { maybe, userOf, written } from '../written.js';
import { commitOf } from './git.js';
import {
  type ProjectAsk,
  type Reply,
  type Route,
  isRefused,
  json,
  list,
  notFound,
  windowed,
} from './reply.js';

function simple(mergeRequest: MergeRequest, project: Project): object {
  const { iid, state, title, by, source, target, merged, closedAt } = mergeRequest;
  const { world } = project;
  return {
    id: mergeRequest.id,
    iid,
    project_id: project.id,
    title: mergeRequest.draft ? `Draft: ${title}` : title,
    description: 'Why this is changed.',
    state,
    created_at: written(world, mergeRequest.createdAt),
    updated_at: written(world, mergeRequest.updatedAt),
    merged_by: merged ? userOf(merged.by) : null,
    merge_user: merged ? userOf(merged.by) : null,
    merged_at: maybe(world, merged?.at),
    closed_by: null,
    closed_at: maybe(world, closedAt),
    target_branch: target,
    source_branch: source.branch,
    user_notes_count: mergeRequest.notes.filter(({ system }) => !system).length,
    author: userOf(by),
    assignees: [],
    assignee: null,
    reviewers: [userOf('reviewer')],
    source_project_id: source.fork ? project.id + 5_000_000 : project.id,
    target_project_id: project.id,
    labels: mergeRequest.labels,
    draft: mergeRequest.draft,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    detailed_merge_status: 'mergeable',
    sha: mergeRequest.sha,
    merge_commit_sha: merged?.sha ?? null,
    squash_commit_sha: null,
    prepared_at: written(world, mergeRequest.createdAt),
    references: { short: `!${iid}`, relative: `!${iid}`, full: `${project.fullName}!${iid}` },
    web_url: `${project.webUrl}/-/merge_requests/${iid}`,
    squash: false,
    has_conflicts: false,
  };
}

function mergeRequests(ask: ProjectAsk): Reply {
  const { project, query } = ask;
  const found = windowed(project.mergeRequests, ask, ['created_at', 'updated_at', 'merged_at', 'title']);
  if (isRefused(found)) return found;
  const state = query.get('state') ?? 'all';
  const iids = query.getAll('iids[]').map(Number);
  const wanted = found
    .filter((each) => state === 'all' || each.state === state)
    .filter(({ iid }) => iids.length === 0 || iids.includes(iid));
  return list(wanted.map((each) => simple(each, project)));
}

type Answer = (mergeRequest: MergeRequest, project: Project) => Reply;

const one =
  (answer: Answer) =>
  ({ project }: ProjectAsk, iid: string) => {
    const found = project.mergeRequests.find((other) => other.iid === Number(iid));
    return found ? answer(found, project) : notFound();
  };

const full: Answer = (mergeRequest, project) => {
  const { sha } = mergeRequest;
  const parent = project.commits.get(sha)?.parents[0] ?? null;
  return json({
    ...simple(mergeRequest, project),
    changes_count: '2',
    diff_refs: { base_sha: parent, head_sha: sha, start_sha: parent },
    head_pipeline: null,
    first_contribution: false,
    user: { can_merge: false },
  });
};

const approvals: Answer = ({ iid, approvals: given, title, updatedAt, createdAt }, { world, id }) =>
  json({
    iid,
    project_id: id,
    title,
    created_at: written(world, createdAt),
    updated_at: written(world, updatedAt),
    approvals_required: 1,
    approvals_left: Math.max(0, 1 - given.length),
    approved: given.length > 0,
    approved_by: given.map(({ by, at }) => ({ user: userOf(by), approved_at: written(world, at) })),
  });

const stateEvents: Answer = ({ id, stateEvents: all }, { world }) =>
  list(
    all.map((event) => ({
      id: event.id,
      user: userOf(event.by),
      created_at: written(world, event.at),
      resource_type: 'MergeRequest',
      resource_id: id,
      state: event.state,
      source_commit: null,
      source_merge_request: null,
    })),
  );

const versions: Answer = ({ id, versions: all }, { world }) =>
  list(
    all.toReversed().map((version) => ({
      id: version.id,
      head_commit_sha: version.sha,
      base_commit_sha: null,
      start_commit_sha: null,
      created_at: written(world, version.at),
      merge_request_id: id,
      state: 'collected',
      real_size: '2',
      patch_id_sha: null,
    })),
  );

const notes: Answer = ({ id, iid, notes: all }, { world, id: projectId }) =>
  list(
    all.toReversed().map((note) => ({
      id: note.id,
      type: null,
      body: note.body,
      author: userOf(note.by),
      created_at: written(world, note.at),
      updated_at: written(world, note.at),
      system: note.system,
      noteable_id: id,
      noteable_type: 'MergeRequest',
      noteable_iid: iid,
      project_id: projectId,
      resolvable: false,
    })),
  );

export const mergeRequestRoutes: Route<ProjectAsk>[] = [
  [/^merge_requests$/, mergeRequests],
  [/^merge_requests\/(\d+)$/, one(full)],
  [/^merge_requests\/(\d+)\/approvals$/, one(approvals)],
  [/^merge_requests\/(\d+)\/resource_state_events$/, one(stateEvents)],
  [/^merge_requests\/(\d+)\/versions$/, one(versions)],
  [/^merge_requests\/(\d+)\/notes$/, one(notes)],
  [/^merge_requests\/(\d+)\/commits$/, one(({ sha }, project) => list([commitOf(sha, project)]))],
];
