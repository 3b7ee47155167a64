import type { Translation } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Login, Sha, reading, repositoryOf } from '../payload.js';
import { type ListedFact, Pull, pullEvent, pullKey } from '../pull-facts.js';
import { type Reason, ignored, unsupported } from '../reasons.js';

const PullWebhook = reading<components['schemas']['webhook-pull-request-opened']>()(
  z.object({
    action: z.string(),
    pull_request: Pull,
    sender: Login,
    /** Of a head that has moved. */
    before: Sha.optional().catch(undefined),
    /** Of edits: what has changed. */
    changes: z.object({ base: z.unknown().optional() }).optional().catch(undefined),
  }),
);
type PullWebhook = z.output<typeof PullWebhook>;

/** Undefined: no fact, or one that a webhook can't name. */
function factOf({ action, pull_request: pull, before }: PullWebhook): ListedFact | undefined {
  switch (action) {
    case 'opened':
      return { kind: 'opened' };
    case 'closed':
      return pull.merged_at ? { kind: 'merged', at: pull.merged_at } : undefined;
    case 'synchronize':
      return { kind: 'updated', at: pull.updated_at, before };
    default:
      return undefined;
  }
}

/** What has an event of its own in the list of issue events is told by that one's id. */
function whyNot({ action, changes }: PullWebhook): Reason {
  const retargeted = action === 'edited' && changes?.base !== undefined;
  return retargeted || action === 'closed' || action === 'reopened' ? 'polled' : 'noChange';
}

/** The webhook `pull_request`. Who reviewed it is told where polling has the fact first. */
export function pullRequestWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = PullWebhook.safeParse(payload);
  if (!repository || !data) return unsupported('pull_request');
  const fact = factOf(data);
  if (!fact) return ignored(whyNot(data));
  const { pull_request: pull, sender: actor } = data;
  const told = { key: pullKey(pull, fact.kind, {}), actor };
  return { kind: 'events', events: [pullEvent(fact, pull, told, repository, {})] };
}
