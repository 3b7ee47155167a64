import type { Translation } from '@painchain/connector-sdk';
import {
  type ConfigurationChange as ChangeOf,
  type PartWords,
  configurationChangeEvent,
} from '@painchain/connector-sdk/wording';
import type { ProjectFacts, Sighting } from './facts.js';
import { homeOf, whenSeen } from './wording.js';

/** What of a project's configuration is watched. */
export type ConfigurationPart =
  | 'settings'
  | 'protected_branch'
  | 'protected_tag'
  | 'protected_environment'
  | 'approval_settings'
  | 'approval_rule'
  | 'webhook'
  | 'variable'
  | 'feature_flag';

export type ConfigurationChange = ChangeOf<ConfigurationPart>;

const words: PartWords<ConfigurationPart> = {
  names: {
    settings: 'Settings',
    protected_branch: 'Protection of',
    protected_tag: 'Protection of tag',
    protected_environment: 'Protection of environment',
    approval_settings: 'Approval settings',
    approval_rule: 'Approval rule',
    webhook: 'Webhook',
    variable: 'CI/CD variable',
    feature_flag: 'Feature flag',
  },
  renamable: ['approval_rule', 'webhook'],
  environment: 'protected_environment',
};

/** A difference between two looks at how a project is configured. */
export function translateConfiguration(
  change: ConfigurationChange,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const seen = { when: whenSeen('', sighting), sighting };
  return { kind: 'events', events: [configurationChangeEvent(change, words, homeOf(project), seen)] };
}
