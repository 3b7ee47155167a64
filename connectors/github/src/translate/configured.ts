import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import {
  type Configured,
  canonical,
  fingerprint as fingerprintOf,
  unseen,
} from '@painchain/connector-sdk/wording';
import { Id, reading } from './payload.js';

type Schemas = components['schemas'];

const Flag = z.boolean().optional().catch(undefined);
const Text = z.string().optional().catch(undefined);
const Switch = z
  .object({ enabled: z.boolean().optional() })
  .transform(({ enabled }) => enabled)
  .optional()
  .catch(undefined);
const Texts = z.array(z.string()).catch([]);

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** A digest that tells a configuration from every other. Who may bypass a ruleset, only some may see. */
export function fingerprint(values: Configured['values']): string {
  return fingerprintOf(values, ['bypass_actors']);
}

const flags = [
  'allow_auto_merge',
  'allow_forking',
  'allow_merge_commit',
  'allow_rebase_merge',
  'allow_squash_merge',
  'allow_update_branch',
  'delete_branch_on_merge',
  'has_discussions',
  'has_issues',
  'has_projects',
  'has_wiki',
  'is_template',
  'web_commit_signoff_required',
] as const;
const words = [
  'merge_commit_message',
  'merge_commit_title',
  'squash_merge_commit_message',
  'squash_merge_commit_title',
] as const;

function each<Key extends string, Schema extends z.ZodType>(keys: readonly Key[], schema: Schema) {
  return Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, Schema>;
}

const Repository = reading<Schemas['full-repository']>()(
  z.object({
    full_name: z.string().min(1),
    archived: Flag,
    visibility: Text,
    private: Flag,
    default_branch: Text,
    ...each(flags, Flag),
    ...each(words, Text),
    security_and_analysis: z.record(z.string(), z.unknown()).nullish().catch(null),
  }),
);

/** A switch of the security settings: on or off. */
const Status = z.object({ status: z.string() });

/** What a repository is, each of which is a kind of change of its own. */
export type Identity = {
  full_name: string;
  archived?: boolean | undefined;
  visibility?: string | undefined;
  default_branch?: string | undefined;
};

/** A repository as `/repos/{owner}/{repo}` has it. */
export function readRepository(json: unknown): { identity: Identity; settings: Configured } | undefined {
  const read = Repository.safeParse(json);
  if (!read.success) return undefined;
  const { full_name, archived, default_branch, security_and_analysis: security, ...rest } = read.data;
  // An old Enterprise Server knows private and public alone.
  const visibility =
    rest.visibility ?? (rest.private === undefined ? undefined : rest.private ? 'private' : 'public');
  const values: Record<string, unknown> = {};
  for (const key of [...flags, ...words]) values[key] = rest[key] ?? unseen;
  for (const [key, state] of Object.entries(security ?? {})) {
    const { data } = Status.safeParse(state);
    if (data) values[key] = data.status;
  }
  return {
    identity: { full_name, archived, visibility, default_branch },
    settings: { id: '', name: '', values },
  };
}

const Ruleset = reading<Schemas['repository-ruleset']>()(
  z.object({
    id: Id,
    name: z.string(),
    target: Text,
    enforcement: z.string(),
    updated_at: Text,
    conditions: z.unknown().optional(),
    rules: z.array(z.object({ type: z.string(), parameters: z.unknown().optional() })).optional(),
    bypass_actors: z.array(z.unknown()).optional().catch(undefined),
  }),
);

/** A ruleset, and when it was last changed, which tells whether it is worth asking for. */
export interface ReadRuleset extends Configured {
  updatedAt: string;
  /** Lists have rulesets without their rules. */
  whole: boolean;
}

export function readRuleset(json: unknown): ReadRuleset | undefined {
  const read = Ruleset.safeParse(json);
  if (!read.success) return undefined;
  const { id, name, target, enforcement, updated_at: updatedAt = '', conditions, rules } = read.data;
  const values: Record<string, unknown> = {
    name,
    target: target ?? null,
    enforcement,
    conditions: conditions ?? null,
    bypass_actors:
      read.data.bypass_actors
        ?.map(canonical)
        .sort()
        .map((actor) => JSON.parse(actor) as unknown) ?? unseen,
  };
  for (const { type, parameters } of rules ?? []) values[`rule_${type}`] = parameters ?? true;
  return { id: String(id), name, values, updatedAt, whole: rules !== undefined };
}

const Named = z.object({ login: z.string(), slug: z.string() }).partial().nullable();
const Names = z.array(Named).optional().catch(undefined);
const People = z.object({ users: Names, teams: Names, apps: Names });

function namesOf(people: z.output<typeof People> | null | undefined): string[] | null {
  if (!people) return null;
  const { users = [], teams = [], apps = [] } = people;
  const names = [...users, ...teams, ...apps].map((one) => one?.login ?? one?.slug);
  return sorted(names.filter((name) => name !== undefined));
}

const Protection = reading<Schemas['branch-protection']>()(
  z.object({
    required_status_checks: z.object({ strict: Flag, contexts: Texts }).nullish().catch(null),
    required_pull_request_reviews: z
      .object({
        dismiss_stale_reviews: Flag,
        require_code_owner_reviews: Flag,
        required_approving_review_count: z.number().optional().catch(undefined),
        require_last_push_approval: Flag,
        bypass_pull_request_allowances: People.optional().catch(undefined),
      })
      .nullish()
      .catch(null),
    restrictions: People.nullish().catch(null),
    enforce_admins: Switch,
    required_linear_history: Switch,
    allow_force_pushes: Switch,
    allow_deletions: Switch,
    block_creations: Switch,
    required_conversation_resolution: Switch,
    required_signatures: Switch,
    lock_branch: Switch,
    allow_fork_syncing: Switch,
  }),
);

/** What protects a branch, as `/branches/{branch}/protection` has it. */
export function readProtection(branch: string, json: unknown): Configured | undefined {
  const read = Protection.safeParse(json);
  if (!read.success) return undefined;
  const {
    required_status_checks: checks,
    required_pull_request_reviews: reviews,
    restrictions,
    ...switches
  } = read.data;
  const values: Record<string, unknown> = {
    required_checks: checks ? sorted(checks.contexts) : null,
    checks_must_be_up_to_date: checks?.strict ?? null,
    required_approvals: reviews ? (reviews.required_approving_review_count ?? 0) : null,
    dismiss_stale_reviews: reviews?.dismiss_stale_reviews ?? null,
    require_code_owner_reviews: reviews?.require_code_owner_reviews ?? null,
    require_last_push_approval: reviews?.require_last_push_approval ?? null,
    may_bypass_reviews: namesOf(reviews?.bypass_pull_request_allowances),
    may_push: namesOf(restrictions),
  };
  for (const [key, enabled] of Object.entries(switches)) values[key] = enabled ?? null;
  return { id: branch, name: branch, values };
}

const Environment = reading<Schemas['environment']>()(
  z.object({
    id: Id,
    name: z.string().min(1),
    can_admins_bypass: Flag,
    protection_rules: z
      .array(
        z.object({
          type: z.string(),
          wait_timer: z.number().optional(),
          prevent_self_review: z.boolean().optional(),
          reviewers: z
            .array(z.object({ reviewer: z.object({ login: Text, slug: Text }).optional() }))
            .optional(),
        }),
      )
      .optional()
      .catch(undefined),
    deployment_branch_policy: z
      .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
      .nullish()
      .catch(null),
  }),
);

/** An environment of `/environments`. */
export function readEnvironment(json: unknown): Configured | undefined {
  const read = Environment.safeParse(json);
  if (!read.success) return undefined;
  const {
    id,
    name,
    can_admins_bypass,
    protection_rules: rules = [],
    deployment_branch_policy: policy,
  } = read.data;
  const reviewers = rules
    .flatMap((rule) => rule.reviewers ?? [])
    .map(({ reviewer }) => reviewer?.login ?? reviewer?.slug)
    .filter((reviewer) => reviewer !== undefined);
  const values = {
    wait_minutes: rules.find((rule) => rule.wait_timer !== undefined)?.wait_timer ?? null,
    reviewers: sorted(reviewers),
    prevent_self_review:
      rules.find((rule) => rule.prevent_self_review !== undefined)?.prevent_self_review ?? null,
    branches: policy ? (policy.protected_branches ? 'protected' : 'selected') : 'all',
    admins_may_bypass: can_admins_bypass ?? unseen,
    rules: sorted(rules.map(({ type }) => type)),
  };
  return { id: String(id), name, values };
}
