import type { components } from '@octokit/openapi-webhooks-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ChangeSeen } from '@painchain/connector-sdk/wording';
import type { RepositoryFacts } from '../facts.js';
import { Login, actorOf, reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { type RepositoryChange, repositoryEvent } from '../repository.js';
import { pageOf } from '../wording.js';
import { type Delivery, whenReceived } from './delivery.js';

const From = z.object({ from: z.string() }).optional().catch(undefined);
const Owner = z.object({ login: z.string() }).optional().catch(undefined);

const RepositoryPayload = z.object({
  action: z.string().optional(),
  sender: Login,
  repository: reading<components['schemas']['repository-webhooks']>()(
    z.object({
      visibility: z.string().optional().catch(undefined),
      default_branch: z.string().optional().catch(undefined),
    }),
  ),
  changes: z
    .object({
      default_branch: From,
      repository: z.object({ name: From }).optional().catch(undefined),
      owner: z
        .object({ from: z.object({ user: Owner, organization: Owner }) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type RepositoryPayload = z.output<typeof RepositoryPayload>;

function changeOf(payload: RepositoryPayload, fullName: string): RepositoryChange | undefined {
  const { action, changes, repository } = payload;
  const [owner = '', name = ''] = fullName.split('/');
  switch (action) {
    case 'renamed': {
      const from = changes?.repository?.name?.from;
      return {
        field: 'full_name',
        before: from === undefined ? undefined : `${owner}/${from}`,
        after: fullName,
      };
    }
    case 'transferred': {
      const from = changes?.owner?.from.user?.login ?? changes?.owner?.from.organization?.login;
      return {
        field: 'full_name',
        before: from === undefined ? undefined : `${from}/${name}`,
        after: fullName,
      };
    }
    case 'archived':
    case 'unarchived':
      return { field: 'archived', before: action === 'unarchived', after: action === 'archived' };
    case 'publicized':
      return { field: 'visibility', after: 'public' };
    case 'privatized':
      return { field: 'visibility', after: repository.visibility === 'internal' ? 'internal' : 'private' };
    case 'edited': {
      const [before, after] = [changes?.default_branch?.from, repository.default_branch];
      return before === undefined || after === undefined
        ? undefined
        : { field: 'default_branch', before, after };
    }
    default:
      return undefined;
  }
}

/** A repository's birth and end, which nobody is there to see by asking. */
function lifeOf(action: 'created' | 'deleted', repository: RepositoryFacts, seen: ChangeSeen): SourceEvent {
  const { host, id, fullName } = repository;
  return {
    key_parts: [host, 'repository', String(id), action],
    title: `Repository ${fullName} ${action}`,
    type: `repository_${action}`,
    project: fullName,
    ...seen.when,
    ...actorOf(seen.actor),
    ...pageOf(repository),
    subject: `${fullName}/configuration/repository`,
    data: { repository: fullName },
  };
}

/** The webhook `repository`. */
export function repositoryWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const facts = repositoryOf(payload, host);
  const read = RepositoryPayload.safeParse(payload);
  if (!facts || !read.success) return unsupported('repository');
  const { action, sender } = read.data;
  const seen = { when: whenReceived(delivery), actor: sender, sighting: {} };
  if (action === 'created' || action === 'deleted') {
    return { kind: 'events', events: [lifeOf(action, facts, seen)] };
  }
  const change = changeOf(read.data, facts.fullName);
  if (change) return { kind: 'events', events: [repositoryEvent(change, facts, seen)] };
  return action === 'edited' ? ignored('words') : unsupported(`repository ${action ?? ''}`.trim());
}

/** The webhook `public`: the same fact as a repository that is publicized. */
export function publicWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const given = typeof payload === 'object' && payload !== null ? payload : {};
  return repositoryWebhook({ ...given, action: 'publicized' }, host, delivery);
}
