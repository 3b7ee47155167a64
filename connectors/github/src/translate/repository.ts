import type { components } from '@octokit/openapi-webhooks-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Delivery, whenReceived } from './delivery.js';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Login, actorOf, reading, repositoryOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { type When, pageOf, whenSeen, windowData } from './wording.js';

/** A change of what a repository is. */
export type RepositoryChange =
  | { field: 'full_name' | 'visibility' | 'default_branch'; before?: string | undefined; after: string }
  | { field: 'archived'; before?: boolean | undefined; after: boolean };

interface Words {
  type: string;
  title: string;
}

function ownerOf(fullName: string | undefined): string | undefined {
  return fullName?.split('/')[0];
}

function wordsOf(change: RepositoryChange): Words {
  const { field, before, after } = change;
  const from = before === undefined ? '' : ` from ${before}`;
  switch (field) {
    case 'full_name':
      return before !== undefined && ownerOf(before) !== ownerOf(after)
        ? { type: 'repository_transferred', title: `Repository handed over${from} to ${after}` }
        : { type: 'repository_renamed', title: `Repository renamed${from} to ${after}` };
    case 'archived':
      return after
        ? { type: 'repository_archived', title: 'Repository archived' }
        : { type: 'repository_unarchived', title: 'Repository taken out of the archive' };
    case 'visibility':
      return { type: 'repository_visibility_changed', title: `Repository made ${after}` };
    case 'default_branch':
      return { type: 'default_branch_changed', title: `Default branch changed${from} to ${after}` };
  }
}

interface Seen {
  when: When;
  actor?: string | undefined;
  sighting: Sighting;
}

function eventOf(change: RepositoryChange, repository: RepositoryFacts, seen: Seen): SourceEvent {
  const { field, before, after } = change;
  const { host, id, fullName } = repository;
  const again = seen.sighting.again === undefined ? [] : [seen.sighting.again];
  return {
    key_parts: [host, 'configuration', String(id), field, String(after), ...again],
    ...wordsOf(change),
    project: fullName,
    ...seen.when,
    ...actorOf(seen.actor),
    ...pageOf(repository),
    subject: `${fullName}/configuration/${field}`,
    data: {
      what: field,
      ...(before !== undefined && { before: { [field]: before } }),
      after: { [field]: after },
      ...windowData(seen.sighting),
    },
  };
}

/** A difference between two looks at what a repository is. */
export function translateRepositoryChange(
  change: RepositoryChange,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  return {
    kind: 'events',
    events: [eventOf(change, repository, { when: whenSeen('', sighting), sighting })],
  };
}

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
function lifeOf(action: 'created' | 'deleted', repository: RepositoryFacts, seen: Seen): SourceEvent {
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
  if (change) return { kind: 'events', events: [eventOf(change, facts, seen)] };
  return action === 'edited' ? ignored('words') : unsupported(`repository ${action ?? ''}`.trim());
}

/** The webhook `public`: the same fact as a repository that is publicized. */
export function publicWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const given = typeof payload === 'object' && payload !== null ? payload : {};
  return repositoryWebhook({ ...given, action: 'publicized' }, host, delivery);
}
