import { z } from 'zod';
import type { Collect, SourceEvent } from '../connector.js';
import type { ConfigurationChange, Configured } from '../wording/configuration.js';
import type { Sighting } from '../wording/sighting.js';
import { type KeptPart, PartState, type SeenPart, changesOf, keepPart, partOf } from './kept-things.js';
import type { Found, RoundTimes } from './look.js';
import { sightingBetween } from './sighting.js';
import { Told, ToldState } from './told.js';

/** What something is, its name for one: each of it is a kind of change of its own. Undefined: it isn't known. */
export type IdentityFields = Readonly<Record<string, string | boolean | undefined>>;

/** A change of one of these fields. */
export type IdentityFieldChange<Identity extends IdentityFields> = {
  [Field in keyof Identity & string]-?: {
    field: Field;
    before: Exclude<Identity[Field], undefined>;
    after: Exclude<Identity[Field], undefined>;
  };
}[keyof Identity & string];

/** What a look at a configuration keeps. */
export const ConfigurationState = z.object({
  identity: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  parts: z.record(z.string(), PartState),
  /** Parts that may not be seen, which was said. */
  hidden: z.array(z.string()),
  told: ToldState,
});
export type ConfigurationState = z.infer<typeof ConfigurationState>;

/**
 * Reads a part of a configuration, where it is the thing itself with what that is. Undefined: it may not be seen. At
 * the first look that is so, too, where it can't be seen whole.
 */
export type ReadPart<Round, Identity extends IdentityFields> = (
  round: Round,
  kept: KeptPart | undefined,
) => Promise<(SeenPart & { identity?: Identity }) | 'unchanged' | undefined>;

/** How one kind of thing is configured. */
export interface ConfigurationOf<Round, Part extends string, Identity extends IdentityFields> {
  readers: Readonly<Record<Part, ReadPart<Round, Identity>>>;
  fingerprint(values: Configured['values']): string;
  tellChange(change: ConfigurationChange<Part>, round: Round, sighting: Sighting): SourceEvent[];
  tellIdentity(change: IdentityFieldChange<Identity>, round: Round, sighting: Sighting): SourceEvent[];
}

function identityChanges<Identity extends IdentityFields>(
  before: IdentityFields,
  after: Identity,
): IdentityFieldChange<Identity>[] {
  return Object.entries(after).flatMap(([field, is]) => {
    const was = before[field];
    if (was === undefined || is === undefined || was === is) return [];
    return [{ field, before: was, after: is } as IdentityFieldChange<Identity>];
  });
}

/** Fields that aren't known now keep what was known of them. */
function keepIdentity(known: IdentityFields | undefined, seen: IdentityFields) {
  const entries = Object.entries({ ...known, ...seen }).map(([field, value]) => [
    field,
    value ?? known?.[field],
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as NonNullable<
    ConfigurationState['identity']
  >;
}

/**
 * Looks at all parts of a configuration. The first look, and the first that a part may be seen at, tells nothing: what
 * is there was there before.
 */
export async function* lookAtConfiguration<
  Round extends RoundTimes & Pick<Collect, 'log'>,
  Part extends string,
  Identity extends IdentityFields,
>(
  { readers, fingerprint, tellChange, tellIdentity }: ConfigurationOf<Round, Part, Identity>,
  round: Round,
  known: ConfigurationState | undefined,
): AsyncGenerator<Found<ConfigurationState>, void, void> {
  const told = new Told(known?.told);
  const state: ConfigurationState = { identity: known?.identity, parts: {}, hidden: [], told: [] };
  const events: SourceEvent[] = [];
  const between = sightingBetween(round);
  for (const [part, read] of Object.entries(readers) as [Part, ReadPart<Round, Identity>][]) {
    const before = known?.parts[part];
    const kept = partOf(before);
    const seen = await read(round, kept);
    if (!seen) {
      state.hidden.push(part);
      if (!known?.hidden.includes(part)) round.log.info({ part }, 'not seen with this credential');
    }
    if (before && (!seen || seen === 'unchanged')) state.parts[part] = before;
    if (!seen || seen === 'unchanged') continue;
    for (const change of kept ? changesOf(part, kept, seen, fingerprint) : []) {
      const again = told.again(part, change.id, change.how === 'deleted' ? change.how : change.after);
      events.push(...tellChange(change, round, { ...between, again }));
    }
    if (seen.identity) {
      for (const change of known?.identity ? identityChanges(known.identity, seen.identity) : []) {
        const again = told.again(change.field, String(change.after));
        events.push(...tellIdentity(change, round, { ...between, again }));
      }
      state.identity = keepIdentity(known?.identity, seen.identity);
    }
    state.parts[part] = keepPart(kept, seen);
  }
  yield { events, state: { ...state, told: told.state } };
}
