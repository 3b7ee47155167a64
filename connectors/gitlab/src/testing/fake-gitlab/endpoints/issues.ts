import type { Issue } from '../world/issues.js';
import type { Project } from '../world/project.js';
import { maybe, userOf, written } from '../written.js';
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

function issueOf(issue: Issue, project: Project): object {
  const { iid, closed } = issue;
  const { world } = project;
  return {
    id: issue.id,
    iid,
    project_id: project.id,
    title: issue.title,
    description: 'What is wrong.',
    state: issue.state,
    created_at: written(world, issue.createdAt),
    updated_at: written(world, issue.updatedAt),
    closed_at: maybe(world, closed?.at),
    closed_by: closed ? userOf(closed.by) : null,
    labels: issue.labels,
    milestone: null,
    assignees: [],
    assignee: null,
    author: userOf(issue.by),
    type: 'ISSUE',
    user_notes_count: 0,
    confidential: false,
    issue_type: 'issue',
    web_url: `${project.webUrl}/-/issues/${iid}`,
    references: { short: `#${iid}`, relative: `#${iid}`, full: `${project.fullName}#${iid}` },
    severity: 'UNKNOWN',
  };
}

function issues(ask: ProjectAsk): Reply {
  const { project, query } = ask;
  const found = windowed(project.issues, ask, ['created_at', 'updated_at', 'due_date', 'priority', 'title']);
  if (isRefused(found)) return found;
  const state = query.get('state') ?? 'all';
  const wanted = found.filter((issue) => state === 'all' || issue.state === state);
  return list(wanted.map((issue) => issueOf(issue, project)));
}

const numbered = ({ issues: all }: Project, iid: string) => all.find((other) => other.iid === Number(iid));

function stateEvents({ project }: ProjectAsk, iid: string): Reply {
  const issue = numbered(project, iid);
  if (!issue) return notFound();
  return list(
    issue.stateEvents.map(({ id, by, at, state }) => ({
      id,
      user: userOf(by),
      created_at: written(project.world, at),
      resource_type: 'Issue',
      resource_id: issue.id,
      state,
      source_commit: null,
      source_merge_request: null,
    })),
  );
}

export const issueRoutes: Route<ProjectAsk>[] = [
  [/^issues$/, issues],
  [
    /^issues\/(\d+)$/,
    ({ project }, iid) => {
      const issue = numbered(project, iid);
      return issue ? json(issueOf(issue, project)) : notFound();
    },
  ],
  [/^issues\/(\d+)\/resource_state_events$/, stateEvents],
];
