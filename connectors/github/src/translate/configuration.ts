import type { Translation } from '@painchain/connector-sdk';
import type { RepositoryFacts, Sighting } from './facts.js';
import { actorOf, urlOf } from './payload.js';
import { type When, counted, whenSeen, windowData } from './wording.js';

/** What of a repository's configuration is watched, and what to call it. */
const configurationParts = {
  settings: 'Settings',
  ruleset: 'Ruleset',
  branch_protection: 'Protection of',
  environment: 'Environment',
  webhook: 'Webhook',
} as const;
export type ConfigurationPart = keyof typeof configurationParts;

/** A field that has changed. */
export interface FieldChange {
  field: string;
  /** Absent where no more than a digest of it was kept. */
  before?: unknown;
  after: unknown;
}

/** A change of one thing that a repository is configured with. */
export interface ConfigurationChange {
  part: ConfigurationPart;
  /** What stays when it is renamed; empty for the settings, which there is one of. */
  id: string;
  name: string;
  how: 'created' | 'changed' | 'deleted';
  /** A digest of what it became; empty when deleted. */
  after: string;
  fields: readonly FieldChange[];
  url?: string | undefined;
}

const namedFields = 3;

function titleOf({ part, name, how, fields }: ConfigurationChange): string {
  const what = name === '' ? configurationParts[part] : `${configurationParts[part]} ${name}`;
  if (how !== 'changed' || fields.length === 0) return `${what} ${how}`;
  const names = fields.slice(0, namedFields).map(({ field }) => field.replaceAll('_', ' '));
  const more = fields.length - names.length;
  return `${what} changed: ${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more field')}` : ''}`;
}

/** Values beside each other where both are known; else only what is there now. */
function valuesOf(fields: readonly FieldChange[]): object {
  const pick = (side: 'before' | 'after', known: boolean) =>
    Object.fromEntries(
      fields.filter((change) => 'before' in change === known).map((change) => [change.field, change[side]]),
    );
  const [before, after, now] = [pick('before', true), pick('after', true), pick('after', false)];
  return {
    ...(Object.keys(before).length > 0 && { before, after }),
    ...(Object.keys(now).length > 0 && { now }),
  };
}

/** What was seen beside the change itself. */
export interface ChangeSeen {
  when: When;
  actor?: string | undefined;
  sighting: Sighting;
}

/** As `translateConfiguration`, for whoever knows more of who and when. */
export function configurationEvent(
  change: ConfigurationChange,
  repository: RepositoryFacts,
  { when, actor, sighting }: ChangeSeen,
): Translation {
  const { part, id, name, how, after, fields } = change;
  const { host, fullName } = repository;
  const again = sighting.again === undefined ? [] : [sighting.again];
  // Rulesets and webhooks may be renamed, branches and environments can't.
  const place = part === 'ruleset' || part === 'webhook' ? id : name;
  return {
    kind: 'events',
    events: [
      {
        key_parts: [
          host,
          'configuration',
          String(repository.id),
          part,
          ...(id === '' ? [] : [id]),
          how === 'deleted' ? how : after,
          ...again,
        ],
        title: titleOf(change),
        type: 'configuration_changed',
        project: fullName,
        ...when,
        ...actorOf(actor),
        ...urlOf(change.url),
        subject: `${fullName}/configuration/${part}${place === '' ? '' : `/${place}`}`,
        ...(part === 'environment' && { refs: [`env:${name}`] }),
        data: {
          what: part,
          ...(name !== '' && { name }),
          change: how,
          ...(how === 'changed' && { fields: fields.map(({ field }) => field) }),
          ...valuesOf(fields),
          ...windowData(sighting),
        },
      },
    ],
  };
}

/** A difference between two looks at how a repository is configured. */
export function translateConfiguration(
  change: ConfigurationChange,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  return configurationEvent(change, repository, { when: whenSeen('', sighting), sighting });
}
