import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { Id, Iid, Instant, Link, Username, actorOf, urlOf } from './payload.js';
import { Flag, Labels, Milestone, Words, assigned, assigneesOf } from './ticket.js';
import { backfillOf, changeRef, refsOf } from './wording.js';

/** An issue as lists have it. */
export const Issue = z
  .object({
    id: Id,
    iid: Iid,
    title: z.string(),
    description: Words,
    web_url: Link,
    state: z.string(),
    author: Username,
    ...assigned,
    labels: Labels,
    milestone: Milestone,
    /** `issue`, `incident`, `task`, in webhooks `Issue`; old servers know issues only. */
    issue_type: Words.transform((type) => type?.toLowerCase()),
    /** Not for everybody who may see the project. */
    confidential: Flag,
    created_at: Instant,
    updated_at: Instant,
  })
  .transform(({ assignee, assignees, ...rest }) => ({
    ...rest,
    assignees: assigneesOf({ assignees, assignee }),
  }));
export type Issue = z.output<typeof Issue>;

/** What has happened to an issue. */
export type IssueFact = { kind: 'opened' } | { kind: 'closed' | 'reopened'; at: string };

/** What names, after the host, that an issue was opened, however that is seen. */
export function openedKey({ id }: Issue): string[] {
  return ['issue', String(id), 'opened'];
}

function dataOf(issue: Issue, fact: IssueFact): object {
  return {
    number: issue.iid,
    title: issue.title,
    ...(issue.description !== undefined && { body: issue.description }),
    ...(issue.author !== undefined && { author: issue.author }),
    ...(issue.issue_type !== undefined && { issue_type: issue.issue_type }),
    labels: issue.labels,
    assignees: issue.assignees,
    ...(issue.milestone !== undefined && { milestone: issue.milestone }),
    ...(fact.kind === 'closed' && { closed_at: fact.at }),
    created_at: issue.created_at,
  };
}

/** One fact of an issue as an event. */
export function issueEvent(
  fact: IssueFact,
  issue: Issue,
  { key, actor }: { key: readonly string[]; actor: string | undefined },
  project: ProjectFacts,
  sighting: Sighting,
): SourceEvent {
  const { host, fullPath } = project;
  return {
    key_parts: [host, ...key],
    title: `#${issue.iid} ${fact.kind}: ${issue.title}`,
    type: `issue_${fact.kind}`,
    project: fullPath,
    timestamp: fact.kind === 'opened' ? issue.created_at : fact.at,
    time_precision: 'exact',
    status: fact.kind === 'closed' ? 'closed' : 'opened',
    ...actorOf(actor),
    ...urlOf(issue.web_url),
    subject: `${fullPath}/issue/${issue.iid}`,
    refs: refsOf(changeRef(project, '#', issue.iid)),
    ...backfillOf(sighting),
    data: dataOf(issue, fact),
  };
}
