import {
  type ConfigurationOf,
  ConfigurationState,
  lookAtConfiguration,
} from '@painchain/connector-sdk/rounds';
import { type ConfigurationPart, translateConfiguration } from '../../translate/configuration.js';
import { type Identity, fingerprint } from '../../translate/configured.js';
import { translateRepositoryChange } from '../../translate/repository.js';
import { type Round, defineLook } from '../look.js';
import { readers } from './configuration-parts.js';

const repository = {
  readers,
  fingerprint,
  tellChange: (change, round, sighting) =>
    round.take(translateConfiguration(change, round.repository, sighting)),
  tellIdentity: (change, round, sighting) =>
    round.take(translateRepositoryChange(change, round.repository, sighting)),
} satisfies ConfigurationOf<Round, ConfigurationPart, Identity>;

/** How a repository is configured: its settings, rulesets, branch protection, environments and webhooks. */
export const configuration = defineLook<ConfigurationState>({
  name: 'configuration',
  kind: 'configuration',
  everySeconds: 900,
  state: ConfigurationState,
  look: (round, known) => lookAtConfiguration(repository, round, known),
});
