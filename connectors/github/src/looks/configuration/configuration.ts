import type { SourceEvent } from '@painchain/connector-sdk';
import {
  type KeptPart,
  PartState,
  Told,
  ToldState,
  changesOf,
  keepPart,
  partOf,
  sightingBetween,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type ConfigurationPart, translateConfiguration } from '../../translate/configuration.js';
import { type Identity, fingerprint } from '../../translate/configured.js';
import { type RepositoryChange, translateRepositoryChange } from '../../translate/repository.js';
import { type Round, defineLook } from '../look.js';
import { type ReadPart, type SeenPart, readers } from './configuration-parts.js';

const IdentityState = z.object({
  full_name: z.string(),
  archived: z.boolean().optional(),
  visibility: z.string().optional(),
  default_branch: z.string().optional(),
});

const ConfigurationState = z.object({
  identity: IdentityState.optional(),
  parts: z.record(z.string(), PartState),
  /** Parts that may not be seen, which was said. */
  hidden: z.array(z.string()),
  told: ToldState,
});
type ConfigurationState = z.infer<typeof ConfigurationState>;

function identityChanges(before: Identity, after: Identity): RepositoryChange[] {
  const changes: RepositoryChange[] = [];
  for (const field of ['full_name', 'visibility', 'default_branch'] as const) {
    const [was, is] = [before[field], after[field]];
    if (was !== undefined && is !== undefined && was !== is) changes.push({ field, before: was, after: is });
  }
  if (before.archived !== undefined && after.archived !== undefined && before.archived !== after.archived) {
    changes.push({ field: 'archived', before: before.archived, after: after.archived });
  }
  return changes;
}

function tellIdentity(before: Identity, after: Identity, told: Told, round: Round): SourceEvent[] {
  return identityChanges(before, after).flatMap((change) => {
    const again = told.again(change.field, String(change.after));
    return round.take(
      translateRepositoryChange(change, round.repository, { ...sightingBetween(round), again }),
    );
  });
}

/** What has changed in a part since it was kept. */
function tellPart(
  part: ConfigurationPart,
  kept: KeptPart,
  seen: SeenPart,
  told: Told,
  round: Round,
): SourceEvent[] {
  return changesOf(part, kept, seen, fingerprint).flatMap((change) => {
    const again = told.again(part, change.id, change.how === 'deleted' ? change.how : change.after);
    return round.take(translateConfiguration(change, round.repository, { ...sightingBetween(round), again }));
  });
}

/**
 * How a repository is configured: its settings, rulesets, branch protection, environments and webhooks. The first
 * look, and the first that a part may be seen at, tells nothing: what is there was there before.
 */
export const configuration = defineLook<ConfigurationState>({
  name: 'configuration',
  kind: 'configuration',
  everySeconds: 900,
  state: ConfigurationState,
  async *look(round, known) {
    const told = new Told(known?.told);
    const state: ConfigurationState = { identity: known?.identity, parts: {}, hidden: [], told: [] };
    const events: SourceEvent[] = [];
    for (const [part, read] of Object.entries(readers) as [ConfigurationPart, ReadPart][]) {
      const before = known?.parts[part];
      const kept = partOf(before);
      const seen = await read(round, kept);
      if (!seen) {
        state.hidden.push(part);
        if (!known?.hidden.includes(part)) round.log.info({ part }, 'not seen with this credential');
      }
      if (before && (!seen || seen === 'unchanged')) state.parts[part] = before;
      if (!seen || seen === 'unchanged') continue;
      if (kept) events.push(...tellPart(part, kept, seen, told, round));
      if (seen.identity) {
        if (known?.identity) events.push(...tellIdentity(known.identity, seen.identity, told, round));
        state.identity = seen.identity;
      }
      state.parts[part] = keepPart(kept, seen);
    }
    yield { events, state: { ...state, told: told.state } };
  },
});
