import { type ReadPart as ReadPartOf, watchedThings } from '@painchain/connector-sdk/rounds';
import type { Configured } from '@painchain/connector-sdk/wording';
import type { ConfigurationPart } from '../../translate/configuration.js';
import {
  type Identity,
  readApprovalRule,
  readApprovalSettings,
  readFeatureFlag,
  readProject,
  readProtectedBranch,
  readProtectedEnvironment,
  readProtectedTag,
  readVariable,
} from '../../translate/configured.js';
import { readHook } from '../../translate/hook.js';
import type { Round } from '../look.js';

type ReadPart = ReadPartOf<Round, Identity>;

/** There are more variables than of anything else; what is kept of each is small. */
const mostVariables = 60;

async function ask(round: Round, target: string, etag: string | undefined) {
  return round.gitlab.find(target, { etag, signal: round.signal });
}

/** What there is one of. */
function one(
  path: string,
  read: (json: unknown) => { thing: Configured; identity?: Identity } | undefined,
): ReadPart {
  return async (round, kept) => {
    const answer = await ask(round, `${round.path}${path}`, kept?.etag);
    if (!answer || answer.unchanged) return answer && 'unchanged';
    const found = read(answer.json);
    if (!found) return undefined;
    const { thing, identity } = found;
    const things = new Map([[thing.id, { now: thing }]]);
    return { etag: answer.etag, things, complete: true, ...(identity && { identity }) };
  };
}

/** A list that has all there is to know of each of its things. */
function list(path: string, read: (item: unknown) => Configured | undefined, most?: number): ReadPart {
  return async (round, kept) => {
    const answer = await ask(round, `${round.path}/${path}?per_page=100`, kept?.etag);
    if (!answer || answer.unchanged) return answer && 'unchanged';
    const found = watchedThings(answer.json, read, answer.next, most);
    if (!found) return undefined;
    const things = new Map(found.things.map((now) => [now.id, { now }]));
    return { etag: answer.etag, things, complete: found.complete };
  };
}

function projectIn(json: unknown): { thing: Configured; identity: Identity } | undefined {
  const read = readProject(json);
  return read && { thing: read.settings, identity: read.identity };
}

function approvalSettingsIn(json: unknown): { thing: Configured } | undefined {
  const thing = readApprovalSettings(json);
  return thing && { thing };
}

export const readers: Readonly<Record<ConfigurationPart, ReadPart>> = {
  settings: one('', projectIn),
  protected_branch: list('protected_branches', readProtectedBranch),
  protected_tag: list('protected_tags', readProtectedTag),
  protected_environment: list('protected_environments', readProtectedEnvironment),
  approval_settings: one('/approvals', approvalSettingsIn),
  approval_rule: list('approval_rules', readApprovalRule),
  webhook: list('hooks', readHook),
  variable: list('variables', readVariable, mostVariables),
  feature_flag: list('feature_flags', readFeatureFlag),
};
