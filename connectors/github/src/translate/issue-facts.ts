import type { SourceEvent } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Link, Login, actorOf, reading, urlOf } from './payload.js';
import { Labels, Logins, Milestone } from './ticket.js';
import { backfillOf, refsOf } from './wording.js';

/** An issue as lists, events and webhooks have it. GitHub's pull requests are issues, too: those say so. */
export const Issue = reading<components['schemas']['issue']>()(
  z.object({
    id: Id,
    number: z.int().positive(),
    title: z.string(),
    html_url: Link,
    body: z.string().nullish(),
    user: Login,
    labels: Labels.optional(),
    assignees: Logins,
    milestone: Milestone,
    comments: z.int().nonnegative().optional().catch(undefined),
    state_reason: z.string().nullish(),
    created_at: Instant,
    closed_at: Instant.nullish(),
    pull_request: z.object({ merged_at: Instant.nullish() }).nullish(),
  }),
);
export type Issue = z.output<typeof Issue>;

/** What has happened to an issue, and what only that way of seeing it knows. */
export type IssueFact =
  | { kind: 'opened' }
  | { kind: 'closed'; at: string; reason: string | undefined }
  | { kind: 'reopened'; at: string }
  | { kind: 'labeled' | 'unlabeled'; at: string; label: string };

/** What names, after the host, that an issue was opened, however that is seen. */
export function openedKey({ id }: Issue): string[] {
  return ['issue', String(id), 'opened'];
}

function wordsFor(fact: IssueFact): string {
  switch (fact.kind) {
    case 'closed':
      return fact.reason === undefined ? 'closed' : `closed as ${fact.reason.replaceAll('_', ' ')}`;
    case 'labeled':
      return `labeled ${fact.label}`;
    case 'unlabeled':
      return `no longer labeled ${fact.label}`;
    case 'opened':
    case 'reopened':
      return fact.kind;
  }
}

/** Labels come and go while an issue is open or closed: that one says nothing of its state. */
function statusOf({ kind }: IssueFact): { status?: string } {
  if (kind === 'labeled' || kind === 'unlabeled') return {};
  return { status: kind === 'closed' ? 'closed' : 'open' };
}

function dataOf(issue: Issue, fact: IssueFact): object {
  return {
    number: issue.number,
    title: issue.title,
    ...(issue.body && { body: issue.body }),
    ...(issue.user !== undefined && { author: issue.user }),
    ...('label' in fact && { label: fact.label }),
    labels: issue.labels ?? [],
    assignees: issue.assignees,
    ...(issue.milestone !== undefined && { milestone: issue.milestone }),
    ...(issue.comments !== undefined && { comments: issue.comments }),
    ...(fact.kind === 'closed' && { state_reason: fact.reason ?? null, closed_at: fact.at }),
    created_at: issue.created_at,
  };
}

/** One fact of an issue as an event. */
export function issueEvent(
  fact: IssueFact,
  issue: Issue,
  { key, actor }: { key: readonly string[]; actor: string | undefined },
  { host, fullName }: RepositoryFacts,
  sighting: Sighting,
): SourceEvent {
  return {
    key_parts: [host, ...key],
    title: `#${issue.number} ${wordsFor(fact)}: ${issue.title}`,
    type: `issue_${fact.kind}`,
    project: fullName,
    timestamp: fact.kind === 'opened' ? issue.created_at : fact.at,
    time_precision: 'exact',
    ...statusOf(fact),
    ...actorOf(actor),
    ...urlOf(issue.html_url),
    subject: `${fullName}/issue/${issue.number}`,
    refs: refsOf(`change:${fullName}#${issue.number}`),
    ...backfillOf(sighting),
    data: dataOf(issue, fact),
  };
}
