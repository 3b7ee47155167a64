import type { components } from '@octokit/openapi-webhooks-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { RepositoryFacts } from '../facts.js';
import { Id, Instant, Login, actorOf, reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { type When, pageOf, whenSeen } from '../wording.js';
import { type Delivery, whenReceived } from './delivery.js';

type Schemas = components['schemas'];

/** Who or what may do something in a repository from now on, or no longer. */
interface Access {
  type: string;
  /** `member`, `team` or `deploy_key`. */
  of: string;
  name: string;
  key: readonly string[];
  title: string;
  when: When;
  actor: string | undefined;
  data: object;
}

function eventOf(
  { type, of, name, key, title, when, actor, data }: Access,
  repository: RepositoryFacts,
): Translation {
  const { host, id, fullName } = repository;
  const event: SourceEvent = {
    key_parts: [host, of, String(id), ...key],
    title,
    type,
    project: fullName,
    ...when,
    ...actorOf(actor),
    ...pageOf(repository),
    subject: `${fullName}/configuration/${of}/${name}`,
    data: { [of]: name, ...data },
  };
  return { kind: 'events', events: [event] };
}

const From = z
  .object({ from: z.string().nullish() })
  .nullish()
  .catch(undefined)
  .transform((change) => change?.from ?? undefined);
const To = z
  .object({ to: z.string().nullish() })
  .nullish()
  .catch(undefined)
  .transform((change) => change?.to ?? undefined);

const MemberPayload = z.object({
  action: z.enum(['added', 'removed', 'edited']),
  member: reading<Schemas['webhooks_user']>()(z.object({ id: Id, login: z.string().min(1) })),
  changes: z
    .object({ permission: z.unknown().optional(), old_permission: From, role_name: To })
    .optional()
    .catch(undefined),
  sender: Login,
});

const MemberPermission = z.object({ from: z.string().nullish(), to: z.string().nullish() }).catch({});

/** The webhook `member`. Nobody may ask who was let in when, so it has no other identity than its delivery. */
export function memberWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = MemberPayload.safeParse(payload);
  if (!repository || !read.success) return unsupported('member');
  const { action, member, changes, sender } = read.data;
  const permission = MemberPermission.parse(changes?.permission ?? {});
  const before = changes?.old_permission ?? permission.from;
  const after = changes?.role_name ?? permission.to;
  const title = {
    added: `${member.login} may contribute`,
    removed: `${member.login} may no longer contribute`,
    edited: `Rights of ${member.login} changed`,
  }[action];
  return eventOf(
    {
      type: `member_${action === 'edited' ? 'changed' : action}`,
      of: 'member',
      name: member.login,
      key: [String(member.id), action, delivery.id],
      title: after ? `${title}: ${after}` : title,
      when: whenReceived(delivery),
      actor: sender,
      data: { ...(before && { permission_before: before }), ...(after && { permission: after }) },
    },
    repository,
  );
}

const Team = reading<Schemas['webhooks_team_1']>()(
  z.object({
    id: Id,
    slug: z.string().min(1).optional(),
    name: z.string().min(1),
    permission: z.string().optional().catch(undefined),
  }),
);

const TeamPayload = z.object({
  action: z.string().optional().catch(undefined),
  team: Team,
  changes: z.object({ repository: z.unknown().optional() }).optional().catch(undefined),
  sender: Login,
});

const teamTitles = {
  added: (team: string) => `Team ${team} may contribute`,
  removed: (team: string) => `Team ${team} may no longer contribute`,
  changed: (team: string) => `Rights of team ${team} changed`,
};

function teamEvent(
  how: keyof typeof teamTitles,
  { team, sender }: z.output<typeof TeamPayload>,
  repository: RepositoryFacts,
  delivery: Delivery,
): Translation {
  const name = team.slug ?? team.name;
  const access: Access = {
    type: `team_${how}`,
    of: 'team',
    name,
    key: [String(team.id), how, delivery.id],
    title: teamTitles[how](team.name),
    when: whenReceived(delivery),
    actor: sender,
    data: team.permission === undefined ? {} : { permission: team.permission },
  };
  return eventOf(access, repository);
}

/** The webhook `team_add`. */
export function teamAddWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = TeamPayload.safeParse(payload);
  if (!repository || !read.success) return unsupported('team_add');
  return teamEvent('added', read.data, repository, delivery);
}

/** The webhook `team`: what it does to one repository. That it was added is what `team_add` tells. */
export function teamWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = TeamPayload.safeParse(payload);
  if (!read.success) return unsupported('team');
  const { action, changes } = read.data;
  if (!repository) return ignored('foreign');
  if (action === 'added_to_repository') return ignored('elsewhere');
  if (action === 'removed_from_repository') return teamEvent('removed', read.data, repository, delivery);
  const edited = action === 'edited' && changes?.repository !== undefined;
  return edited ? teamEvent('changed', read.data, repository, delivery) : ignored('foreign');
}

const DeployKeyPayload = z.object({
  action: z.enum(['created', 'deleted']),
  key: reading<Schemas['webhooks_deploy_key']>()(
    z.object({
      id: Id,
      title: z.string().optional().catch(undefined),
      read_only: z.boolean().optional().catch(undefined),
      created_at: Instant.optional().catch(undefined),
    }),
  ),
  sender: Login,
});

/** The webhook `deploy_key`. The key itself stays where it is. */
export function deployKeyWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = DeployKeyPayload.safeParse(payload);
  if (!repository || !read.success) return unsupported('deploy_key');
  const { action, key, sender } = read.data;
  const title = key.title?.trim() || String(key.id);
  const writes = key.read_only === false ? ', which may write' : '';
  const added = action === 'created';
  return eventOf(
    {
      type: added ? 'deploy_key_added' : 'deploy_key_removed',
      of: 'deploy_key',
      name: String(key.id),
      key: [String(key.id), action],
      title: added ? `Deploy key ${title} added${writes}` : `Deploy key ${title} removed`,
      when: added && key.created_at ? whenSeen(key.created_at, {}) : whenReceived(delivery),
      actor: sender,
      data: { title, ...(key.read_only !== undefined && { read_only: key.read_only }) },
    },
    repository,
  );
}
