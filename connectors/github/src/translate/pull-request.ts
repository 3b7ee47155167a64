import type { Translation } from '@painchain/connector-sdk';
import type { RepositoryFacts, Sighting } from './facts.js';
import { type ListedFact, Pull, pullEvent, pullKey } from './pull-facts.js';
import { unsupported } from './reasons.js';
import { reviewFacts } from './reviews.js';

/** What the list of pull requests shows of one that has changed. */
export interface PullChange {
  kind: ListedFact['kind'];
  /** Of a head that has moved: the beginning of where it was. */
  before?: string | undefined;
}

/** A pull request as its list has it, and what has been asked of it beyond that. */
interface PullPayloads {
  pull: unknown;
  details?: unknown;
  reviews?: unknown;
}

/** Undefined for a merge that isn't in what was read. */
function factOf({ kind, before }: PullChange, pull: Pull, { between }: Sighting): ListedFact | undefined {
  if (kind === 'opened') return { kind };
  if (kind === 'updated') return { kind, at: between?.to ?? pull.updated_at, before };
  return pull.merged_at ? { kind, at: pull.merged_at } : undefined;
}

function actorIn({ kind }: PullChange, pull: Pull): string | undefined {
  if (kind === 'opened') return pull.user;
  return kind === 'merged' ? pull.merged_by : undefined;
}

/** What the list says is the fact; the details, read a moment later, add their counts. */
function withDetails(listed: Pull, payload: unknown): Pull {
  const { data: details } = Pull.safeParse(payload);
  if (!details) return listed;
  const { additions, deletions, changed_files, commits, merged_by } = details;
  return { ...listed, additions, deletions, changed_files, commits, merged_by };
}

/** One change of a pull request in the list: opened, merged, or another head. */
export function translatePullRequest(
  change: PullChange,
  payloads: PullPayloads,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: listed } = Pull.safeParse(payloads.pull);
  const fact = listed && factOf(change, listed, sighting);
  if (!fact) return unsupported('pull request');
  const pull = withDetails(listed, payloads.details);
  const told = {
    key: pullKey(pull, change.kind, sighting),
    actor: actorIn(change, pull),
    reviews: reviewFacts(payloads.reviews, pull.merged_at),
  };
  return { kind: 'events', events: [pullEvent(fact, pull, told, repository, sighting)] };
}
