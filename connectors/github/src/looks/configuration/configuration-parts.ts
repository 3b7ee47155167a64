import type { components } from '@octokit/openapi-types';
import { type ReadPart as ReadPartOf, type SeenThing, watchedThings } from '@painchain/connector-sdk/rounds';
import type { Configured } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import type { ConfigurationPart } from '../../translate/configuration.js';
import {
  type Identity,
  readEnvironment,
  readProtection,
  readRepository,
  readRuleset,
} from '../../translate/configured.js';
import { readHook } from '../../translate/hook.js';
import { reading } from '../../translate/payload.js';
import type { Round } from '../look.js';

type ReadPart = ReadPartOf<Round, Identity>;

async function ask(round: Round, target: string, etag: string | undefined) {
  return round.github.find(target, { etag, signal: round.signal });
}

const settings: ReadPart = async (round, kept) => {
  const answer = await ask(round, round.path, kept?.etag);
  if (!answer || answer.unchanged) return answer && 'unchanged';
  const read = readRepository(answer.json);
  if (!read) return undefined;
  const things = new Map([['', { now: read.settings }]]);
  return { etag: answer.etag, things, complete: true, identity: read.identity };
};

/** A list that has all there is to know of each of its things. */
function list(
  path: string,
  itemsIn: (json: unknown) => unknown,
  read: (item: unknown) => Configured | undefined,
): ReadPart {
  return async (round, kept) => {
    const answer = await ask(round, `${round.path}/${path}?per_page=100`, kept?.etag);
    if (!answer || answer.unchanged) return answer && 'unchanged';
    const found = watchedThings(itemsIn(answer.json), read, answer.next);
    if (!found) return undefined;
    const things = new Map(found.things.map((now) => [now.id, { now }]));
    return { etag: answer.etag, things, complete: found.complete };
  };
}

function environmentsIn(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'environments' in json ? json.environments : undefined;
}

const rulesets: ReadPart = async (round, kept) => {
  const answer = await ask(round, `${round.path}/rulesets?per_page=100`, kept?.etag);
  if (!answer || answer.unchanged) return answer && 'unchanged';
  const found = watchedThings(answer.json, readRuleset, answer.next);
  if (!found) return undefined;
  const things = new Map<string, SeenThing>();
  let { etag } = answer;
  for (const { id, updatedAt: mark } of found.things) {
    const known = kept?.things.get(id);
    if (known && mark !== '' && known.mark === mark) {
      things.set(id, 'same');
      continue;
    }
    const details = await ask(round, `${round.path}/rulesets/${id}`, undefined);
    const now = details && !details.unchanged ? readRuleset(details.json) : undefined;
    if (now) things.set(id, { now, mark });
    else if (known) things.set(id, 'same');
    else if (!kept) return undefined;
    // Gone in between, or not to be had just now: another time, though the list may be the same.
    if (!now) etag = undefined;
  }
  return { etag, things, complete: found.complete };
};

const ProtectedBranch = reading<components['schemas']['short-branch']>()(
  z.object({
    name: z.string().min(1),
    protection: z.object({ enabled: z.boolean().optional() }).optional().catch(undefined),
  }),
);

function branchIn(item: unknown): { id: string } | undefined {
  const { data } = ProtectedBranch.safeParse(item);
  return data && { id: data.name };
}

/** GitHub lists branches that only a ruleset protects, too: they have no protection of their own. */
function hasProtection(item: unknown): boolean {
  return ProtectedBranch.safeParse(item).data?.protection?.enabled !== false;
}

// A list of protected branches says that they are, not how: each is asked for, which costs nothing when unchanged.
const protections: ReadPart = async (round, kept) => {
  const answer = await ask(round, `${round.path}/branches?protected=true&per_page=100`, undefined);
  if (!answer || answer.unchanged || !Array.isArray(answer.json)) return undefined;
  const found = watchedThings(answer.json.filter(hasProtection), branchIn, answer.next);
  if (!found) return undefined;
  const things = new Map<string, SeenThing>();
  for (const { id } of found.things) {
    const known = kept?.things.get(id);
    const target = `${round.path}/branches/${encodeURIComponent(id)}/protection`;
    const details = await ask(round, target, known?.mark);
    const now = details && !details.unchanged ? readProtection(id, details.json) : undefined;
    if (now) things.set(id, { now, mark: details?.unchanged === false ? details.etag : undefined });
    else if (known) things.set(id, 'same');
    else if (!kept) return undefined;
  }
  return { etag: undefined, things, complete: found.complete };
};

export const readers: Readonly<Record<ConfigurationPart, ReadPart>> = {
  settings,
  ruleset: rulesets,
  branch_protection: protections,
  environment: list('environments', environmentsIn, readEnvironment),
  webhook: list('hooks', (json) => json, readHook),
};
