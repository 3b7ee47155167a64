import {
  type ConfigurationOf,
  ConfigurationState,
  lookAtConfiguration,
} from '@painchain/connector-sdk/rounds';
import { fingerprint } from '@painchain/connector-sdk/wording';
import { type ConfigurationPart, translateConfiguration } from '../../translate/configuration.js';
import type { Identity } from '../../translate/configured.js';
import { translateProjectChange } from '../../translate/project.js';
import { type Round, defineLook } from '../look.js';
import { readers } from './configuration-parts.js';

const project = {
  readers,
  fingerprint,
  tellChange: (change, round, sighting) =>
    round.take(translateConfiguration(change, round.project, sighting)),
  tellIdentity: (change, round, sighting) =>
    round.take(translateProjectChange(change, round.project, sighting)),
} satisfies ConfigurationOf<Round, ConfigurationPart, Identity>;

/**
 * How a project is configured: its settings, what protects its branches, tags and environments, approvals, webhooks,
 * variables by their names, and feature flags.
 */
export const configuration = defineLook<ConfigurationState>({
  name: 'configuration',
  kind: 'configuration',
  everySeconds: 900,
  state: ConfigurationState,
  look: (round, known) => lookAtConfiguration(project, round, known),
});
