import type { Translation } from '@painchain/connector-sdk';
import {
  type ChangeSeen,
  type ConfigurationChange as ChangeOf,
  type PartWords,
  configurationChangeEvent,
} from '@painchain/connector-sdk/wording';
import type { RepositoryFacts, Sighting } from './facts.js';
import { homeOf, whenSeen } from './wording.js';

/** What of a repository's configuration is watched. */
export type ConfigurationPart = 'settings' | 'ruleset' | 'branch_protection' | 'environment' | 'webhook';

export type ConfigurationChange = ChangeOf<ConfigurationPart>;

const words: PartWords<ConfigurationPart> = {
  names: {
    settings: 'Settings',
    ruleset: 'Ruleset',
    branch_protection: 'Protection of',
    environment: 'Environment',
    webhook: 'Webhook',
  },
  // Branches and environments can't be renamed.
  renamable: ['ruleset', 'webhook'],
  environment: 'environment',
};

/** As `translateConfiguration`, for whoever knows more of who and when. */
export function configurationEvent(
  change: ConfigurationChange,
  repository: RepositoryFacts,
  seen: ChangeSeen,
): Translation {
  return { kind: 'events', events: [configurationChangeEvent(change, words, homeOf(repository), seen)] };
}

/** A difference between two looks at how a repository is configured. */
export function translateConfiguration(
  change: ConfigurationChange,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  return configurationEvent(change, repository, { when: whenSeen('', sighting), sighting });
}
