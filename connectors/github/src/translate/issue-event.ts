import type { Translation } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Issue, type IssueFact, issueEvent } from './issue-facts.js';
import { Id, Instant, Login, reading } from './payload.js';
import { Pull, type PullFact, type PullWords, pullEvent } from './pull-facts.js';
import { ignored, unsupported } from './reasons.js';
import { reviewFacts } from './reviews.js';
import { sameMoment } from './ticket.js';

/** An event of the list at `/issues/events`. `state_reason` comes with what is closed, unless it is old. */
const IssueEvent = reading<components['schemas']['issue-event']>()(
  z.object({
    id: Id,
    event: z.string(),
    created_at: Instant,
    actor: Login,
    label: z.object({ name: z.string().nullish() }).nullish().catch(null),
    state_reason: z.string().nullish().catch(null),
    /** As it is now; null where it is gone. */
    issue: Issue.nullish(),
  }),
);
type IssueEvent = z.output<typeof IssueEvent>;

/** By which an event of a pull request is one of its facts; its base may move by itself, with the branch below it. */
const pullKinds = new Map<string, 'closed' | 'reopened' | 'retargeted'>([
  ['closed', 'closed'],
  ['reopened', 'reopened'],
  ['base_ref_changed', 'retargeted'],
  ['automatic_base_change_succeeded', 'retargeted'],
]);
const issueKinds = new Set(['closed', 'reopened', 'labeled', 'unlabeled']);

/** What a look must know of an event before it can have it told. */
export interface IssueEventHead {
  id: number;
  at: string;
  /** Whose fact it is; undefined where it is none. */
  of: { kind: 'pull_request' | 'issues'; number: number; what: string } | undefined;
  /** Only the pull request itself can say whether this is a merge: old servers don't say it of its issue. */
  mayBeMerge: boolean;
}

/** What is merged can't be opened again: its last closing is the merge. */
function isMerge(event: IssueEvent, mergedAt: string | null | undefined): boolean {
  if (event.event !== 'closed' || mergedAt == null) return false;
  return sameMoment(event.created_at, mergedAt) || Date.parse(event.created_at) > Date.parse(mergedAt);
}

function factOf(event: IssueEvent): IssueEventHead['of'] {
  const { issue } = event;
  if (!issue) return undefined;
  if (!issue.pull_request) {
    return issueKinds.has(event.event)
      ? { kind: 'issues', number: issue.number, what: event.event }
      : undefined;
  }
  const what = pullKinds.get(event.event);
  if (what === undefined || isMerge(event, issue.pull_request.merged_at)) return undefined;
  return { kind: 'pull_request', number: issue.number, what };
}

/** Undefined for what can't be read. */
export function headOf(payload: unknown): IssueEventHead | undefined {
  const { data: event } = IssueEvent.safeParse(payload);
  if (!event) return undefined;
  return { id: event.id, at: event.created_at, of: factOf(event), mayBeMerge: mayBeMerge(event) };
}

function mayBeMerge({ event, issue }: IssueEvent): boolean {
  return event === 'closed' && issue?.pull_request != null && issue.pull_request.merged_at === undefined;
}

function issueFactOf(event: IssueEvent, issue: Issue): IssueFact | undefined {
  const { created_at: at } = event;
  switch (event.event) {
    case 'closed':
      return { kind: 'closed', at, reason: reasonOf(event, issue) };
    case 'reopened':
      return { kind: 'reopened', at };
    case 'labeled':
    case 'unlabeled':
      return { kind: event.event, at, label: event.label?.name ?? '' };
    default:
      return undefined;
  }
}

/** The event's own; else the issue's, as long as that is still closed by this event. */
function reasonOf(event: IssueEvent, issue: Issue): string | undefined {
  const stillHolds = sameMoment(event.created_at, issue.closed_at);
  return event.state_reason ?? (stillHolds ? issue.state_reason : undefined) ?? undefined;
}

function pullFactOf(event: IssueEvent, pull: PullWords, superseded: boolean): PullFact | undefined {
  const { created_at: at } = event;
  const kind = pullKinds.get(event.event);
  if (kind === undefined) return undefined;
  return kind === 'retargeted' ? { kind, at, to: superseded ? undefined : pull.base?.ref } : { kind, at };
}

/** What has been asked of the pull request that an event is about, as far as it could be had. */
interface EventPayloads {
  event: unknown;
  pull?: unknown;
  reviews?: unknown;
  /** Its base has changed again since: what it has is not what this event gave it. */
  superseded?: boolean;
}

/** What names such a fact, after the host: the event is the same, whatever it is about looks like by now. */
function keyOf({ id }: IssueEvent): string[] {
  return ['issue_event', String(id)];
}

function translatedPull(
  event: IssueEvent,
  issue: Issue,
  { pull: payload, reviews, superseded = false }: EventPayloads,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: asked } = Pull.safeParse(payload);
  if (!asked && mayBeMerge(event)) return ignored('gone');
  const pull = asked ?? { ...issue, requested_reviewers: [], merged_by: undefined };
  const fact = pullFactOf(event, pull, superseded);
  if (!fact || isMerge(event, asked?.merged_at)) return ignored('pullRequest');
  const reviewed = reviewFacts(reviews, event.created_at);
  const told = { key: keyOf(event), actor: event.actor, reviews: reviewed };
  return { kind: 'events', events: [pullEvent(fact, pull, told, repository, sighting)] };
}

/**
 * An event of an issue or a pull request: closed, reopened, another label or base. That a pull request was merged is
 * told by the list of pull requests, which knows the commit.
 */
export function translateIssueEvent(
  payloads: EventPayloads,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: event } = IssueEvent.safeParse(payloads.event);
  if (!event) return unsupported('issue event');
  const { issue } = event;
  if (!issue) return ignored('gone');
  if (factOf(event) === undefined) return ignored('noChange');
  if (issue.pull_request) return translatedPull(event, issue, payloads, repository, sighting);
  const fact = issueFactOf(event, issue);
  if (!fact) return ignored('noChange');
  const told = { key: keyOf(event), actor: event.actor };
  return { kind: 'events', events: [issueEvent(fact, issue, told, repository, sighting)] };
}
