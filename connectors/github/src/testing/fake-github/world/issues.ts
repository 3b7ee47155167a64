import type { Repository } from './repository.js';

export interface Issue {
  id: number;
  number: number;
  title: string;
  by: string;
  labels: string[];
  createdAt: number;
  updatedAt: number;
  closed: { at: number; by: string } | undefined;
  visibleFrom: number;
}

export type IssueEventKind =
  'closed' | 'reopened' | 'labeled' | 'unlabeled' | 'merged' | 'base_ref_changed' | 'head_ref_force_pushed';

/** One line in the history of an issue or a pull request. */
export interface IssueEvent {
  id: number;
  number: number;
  kind: IssueEventKind;
  by: string;
  at: number;
  label?: string;
  visibleFrom: number;
}

const subjectOf = ({ number }: Issue) => `issue/${number}`;

export function addIssueEvent(
  repository: Repository,
  number: number,
  kind: IssueEventKind,
  by: string,
  label?: string,
): IssueEvent {
  const { world } = repository;
  const times = { at: world.now(), visibleFrom: world.visibleFrom() };
  const event = { id: world.id(), number, kind, by, ...times, ...(label === undefined ? {} : { label }) };
  repository.issueEvents.push(event);
  return event;
}

export function openIssue(repository: Repository, by: string, title: string): Issue {
  const { world } = repository;
  const issue: Issue = {
    id: world.id(),
    number: repository.number(),
    title,
    by,
    labels: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    closed: undefined,
    visibleFrom: world.visibleFrom(),
  };
  repository.issues.push(issue);
  repository.fact('issue_opened', subjectOf(issue), '', issue.visibleFrom);
  return issue;
}

export function closeIssue(repository: Repository, issue: Issue, by: string): void {
  const at = repository.world.now();
  issue.closed = { at, by };
  issue.updatedAt = at;
  const { visibleFrom } = addIssueEvent(repository, issue.number, 'closed', by);
  repository.fact('issue_closed', subjectOf(issue), '', visibleFrom);
}

export function reopenIssue(repository: Repository, issue: Issue, by: string): void {
  issue.closed = undefined;
  issue.updatedAt = repository.world.now();
  const event = addIssueEvent(repository, issue.number, 'reopened', by);
  repository.fact('issue_reopened', subjectOf(issue), '', event.visibleFrom);
}

/** Puts a label on, or takes it off. */
export function relabel(repository: Repository, issue: Issue, label: string, by: string): void {
  const has = issue.labels.includes(label);
  issue.labels = has ? issue.labels.filter((other) => other !== label) : [...issue.labels, label];
  issue.updatedAt = repository.world.now();
  const event = addIssueEvent(repository, issue.number, has ? 'unlabeled' : 'labeled', by, label);
  const type = has ? 'issue_unlabeled' : 'issue_labeled';
  repository.fact(type, subjectOf(issue), '', event.visibleFrom);
}
