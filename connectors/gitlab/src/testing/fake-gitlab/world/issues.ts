import type { StateEvent } from './merge-requests.js';
import type { Project } from './project.js';

export interface Issue {
  id: number;
  iid: number;
  title: string;
  by: string;
  labels: string[];
  state: 'opened' | 'closed';
  createdAt: number;
  updatedAt: number;
  closed: { at: number; by: string } | undefined;
  stateEvents: StateEvent[];
  visibleFrom: number;
}

const subjectOf = ({ iid }: Issue) => `issue/${iid}`;

export function openIssue(project: Project, by: string, title: string): Issue {
  const { world } = project;
  const issue: Issue = {
    id: world.id(),
    iid: project.iid('issue'),
    title,
    by,
    labels: [],
    state: 'opened',
    createdAt: world.now(),
    updatedAt: world.now(),
    closed: undefined,
    stateEvents: [],
    visibleFrom: world.visibleFrom(),
  };
  project.issues.push(issue);
  project.fact('issue_opened', subjectOf(issue), '', issue.visibleFrom);
  return issue;
}

/** Closes what is open, and opens what is closed. */
export function turnIssue(project: Project, issue: Issue, by: string): void {
  const { world } = project;
  const state = issue.state === 'opened' ? 'closed' : 'reopened';
  issue.state = state === 'closed' ? 'closed' : 'opened';
  issue.closed = state === 'closed' ? { at: world.now(), by } : undefined;
  issue.updatedAt = world.now();
  issue.stateEvents.push({ id: world.id(), state, by, at: world.now() });
  project.fact(`issue_${state}`, subjectOf(issue), '', Math.max(world.now(), issue.visibleFrom));
}

/** Puts a label on, or takes it off: nothing that is told. */
export function relabel({ world }: Project, issue: Issue, label: string): void {
  const has = issue.labels.includes(label);
  issue.labels = has ? issue.labels.filter((other) => other !== label) : [...issue.labels, label];
  issue.updatedAt = world.now();
}
