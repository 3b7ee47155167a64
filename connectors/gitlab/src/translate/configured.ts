import { type Configured, addressOf, canonical, unseen } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Id } from './payload.js';
import { counted, digestOf } from './wording.js';

const Flag = z.boolean().nullish().catch(undefined);
const Text = z.string().nullish().catch(undefined);
const Count = z.number().nullish().catch(undefined);

function each<Key extends string, Schema extends z.ZodType>(keys: readonly Key[], schema: Schema) {
  return Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, Schema>;
}

function sorted(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text != null))].sort();
}

/** What is left out may not be seen by this credential, or not be known to this server. */
function valuesOf<Key extends string>(
  keys: readonly Key[],
  given: Readonly<Partial<Record<Key, unknown>>>,
): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, given[key] === undefined ? unseen : given[key]]));
}

const flags = [
  'allow_merge_on_skipped_pipeline',
  'auto_devops_enabled',
  'autoclose_referenced_issues',
  'ci_allow_fork_pipelines_to_run_in_parent_project',
  'ci_forward_deployment_enabled',
  'ci_forward_deployment_rollback_allowed',
  'ci_job_token_scope_enabled',
  'ci_push_repository_for_job_token_allowed',
  'ci_separated_caches',
  'group_runners_enabled',
  'keep_latest_artifact',
  'lfs_enabled',
  'merge_pipelines_enabled',
  'merge_trains_enabled',
  'mirror',
  'only_allow_merge_if_all_discussions_are_resolved',
  'only_allow_merge_if_pipeline_succeeds',
  'public_jobs',
  'remove_source_branch_after_merge',
  'request_access_enabled',
  'shared_runners_enabled',
] as const;
const words = [
  'auto_cancel_pending_pipelines',
  'builds_access_level',
  'ci_pipeline_variables_minimum_override_role',
  'container_registry_access_level',
  'environments_access_level',
  'forking_access_level',
  'issues_access_level',
  'merge_method',
  'merge_requests_access_level',
  'releases_access_level',
  'repository_access_level',
  'squash_option',
] as const;
const counts = ['approvals_before_merge', 'build_timeout', 'ci_default_git_depth'] as const;
const settings = [...flags, ...words, ...counts] as const;

const Project = z.object({
  path_with_namespace: z.string().min(1),
  archived: Flag,
  visibility: Text,
  default_branch: Text,
  ci_config_path: Text,
  ...each(flags, Flag),
  ...each(words, Text),
  ...each(counts, Count),
});

/** What a project is, each of which is a kind of change of its own. */
export type Identity = {
  full_path: string;
  archived?: boolean | undefined;
  visibility?: string | undefined;
  default_branch?: string | undefined;
};

/** A pipeline may be configured at an address, which is shown without anything that lets one in. */
function placeOf(path: string | null | undefined): string | null | undefined {
  return path != null && URL.canParse(path) ? addressOf(path) : path;
}

/** A project as `/projects/{id}` has it: https://docs.gitlab.com/api/projects/ */
export function readProject(json: unknown): { identity: Identity; settings: Configured } | undefined {
  const { data } = Project.safeParse(json);
  if (!data) return undefined;
  const { path_with_namespace: full_path, archived, visibility, default_branch, ci_config_path } = data;
  const values = {
    ...valuesOf(settings, data),
    ...valuesOf(['ci_config_path'], { ci_config_path: placeOf(ci_config_path) }),
  };
  return {
    identity: {
      full_path,
      archived: archived ?? undefined,
      visibility: visibility ?? undefined,
      default_branch: default_branch ?? undefined,
    },
    settings: { id: '', name: '', values },
  };
}

const Level = z.object({ access_level: Count, access_level_description: Text });
const Levels = z.array(Level).nullish().catch(undefined);

/** Who may do something, by their role or name. */
function namesOf(levels: z.output<typeof Levels>): string[] | undefined {
  return levels?.length == null
    ? undefined
    : sorted(
        levels.map(
          ({ access_level, access_level_description }) => access_level_description ?? String(access_level),
        ),
      );
}

const ProtectedBranch = z.object({
  name: z.string().min(1),
  push_access_levels: Levels,
  merge_access_levels: Levels,
  unprotect_access_levels: Levels,
  allow_force_push: Flag,
  code_owner_approval_required: Flag,
});

/** An item of `/protected_branches`; its name may be a pattern. */
export function readProtectedBranch(json: unknown): Configured | undefined {
  const { data } = ProtectedBranch.safeParse(json);
  if (!data) return undefined;
  const { name, allow_force_push, code_owner_approval_required } = data;
  const given = {
    may_push: namesOf(data.push_access_levels),
    may_merge: namesOf(data.merge_access_levels),
    may_unprotect: namesOf(data.unprotect_access_levels),
    allow_force_push,
    code_owner_approval_required,
  };
  const keys = [
    'may_push',
    'may_merge',
    'may_unprotect',
    'allow_force_push',
    'code_owner_approval_required',
  ] as const;
  return { id: name, name, values: valuesOf(keys, given) };
}

const ProtectedTag = z.object({ name: z.string().min(1), create_access_levels: Levels });

/** An item of `/protected_tags`; its name may be a pattern. */
export function readProtectedTag(json: unknown): Configured | undefined {
  const { data } = ProtectedTag.safeParse(json);
  if (!data) return undefined;
  const values = valuesOf(['may_create'], { may_create: namesOf(data.create_access_levels) });
  return { id: data.name, name: data.name, values };
}

const ProtectedEnvironment = z.object({
  name: z.string().min(1),
  deploy_access_levels: Levels,
  required_approval_count: Count,
  approval_rules: z
    .array(z.object({ access_level_description: Text, required_approvals: Count }))
    .nullish()
    .catch(undefined),
});

/** An item of `/protected_environments`, which not every tier has. */
export function readProtectedEnvironment(json: unknown): Configured | undefined {
  const { data } = ProtectedEnvironment.safeParse(json);
  if (!data) return undefined;
  const { name, required_approval_count: required_approvals, approval_rules: rules } = data;
  const given = {
    may_deploy: namesOf(data.deploy_access_levels),
    required_approvals,
    approval_rules:
      rules &&
      sorted(rules.map((rule) => `${rule.access_level_description ?? '?'}: ${rule.required_approvals ?? 0}`)),
  };
  return { id: name, name, values: valuesOf(['may_deploy', 'required_approvals', 'approval_rules'], given) };
}

const approvalFlags = [
  'reset_approvals_on_push',
  'selective_code_owner_removals',
  'disable_overriding_approvers_per_merge_request',
  'merge_requests_author_approval',
  'merge_requests_disable_committers_approval',
  'require_password_to_approve',
  'require_reauthentication_to_approve',
] as const;

const ApprovalSettings = z.object({ approvals_before_merge: Count, ...each(approvalFlags, Flag) });

/** What `/approvals` says of a project, which not every tier has. */
export function readApprovalSettings(json: unknown): Configured | undefined {
  const { data } = ApprovalSettings.safeParse(json);
  return data && { id: '', name: '', values: valuesOf(['approvals_before_merge', ...approvalFlags], data) };
}

const Named = z.object({ username: Text, full_path: Text, name: Text });
const People = z.array(Named).nullish().catch(undefined);

const ApprovalRule = z.object({
  id: Id,
  name: z.string(),
  approvals_required: Count,
  users: People,
  groups: People,
  protected_branches: People,
});

/** An item of `/approval_rules`. */
export function readApprovalRule(json: unknown): Configured | undefined {
  const { data } = ApprovalRule.safeParse(json);
  if (!data) return undefined;
  const { id, name, approvals_required, users, groups, protected_branches: branches } = data;
  const people = [...(users ?? []), ...(groups ?? [])];
  const values = {
    name,
    approvals_required: approvals_required ?? 0,
    approvers: sorted(people.map((one) => one.username ?? one.full_path ?? one.name)),
    branches: sorted((branches ?? []).map((branch) => branch.name)),
  };
  return { id: String(id), name, values };
}

/** A variable's value is never read, only that it is there. */
const Variable = z.object({
  key: z.string().min(1),
  environment_scope: Text,
  variable_type: Text,
  protected: Flag,
  masked: Flag,
  hidden: Flag,
  raw: Flag,
});

/** An item of `/variables`: its name and how it is kept. */
export function readVariable(json: unknown): Configured | undefined {
  const { data } = Variable.safeParse(json);
  if (!data) return undefined;
  const { key, environment_scope: scope } = data;
  const name = scope == null || scope === '*' ? key : `${key} in ${scope}`;
  const keys = ['variable_type', 'protected', 'masked', 'hidden', 'raw'] as const;
  return { id: `${key} ${scope ?? '*'}`, name, values: valuesOf(keys, data) };
}

const FeatureFlag = z.object({
  name: z.string().min(1),
  active: z.boolean(),
  strategies: z
    .array(
      z.object({
        name: z.string(),
        parameters: z.unknown().optional(),
        scopes: z.array(z.object({ environment_scope: z.string() })).catch([]),
      }),
    )
    .nullish()
    .catch(undefined),
});

const OfUsers = z.looseObject({ userIds: z.unknown() });

/** Users are mostly named by their addresses: only how many they are is told, and by a digest whether they are others. */
function parametersOf(parameters: unknown): unknown {
  const { userIds = null, ...others } = OfUsers.safeParse(parameters).data ?? {};
  if (userIds === null) return parameters;
  const ids = typeof userIds === 'string' ? userIds : canonical(userIds);
  const count = ids.split(',').filter((id) => id.trim() !== '').length;
  return { ...others, users: `${counted(count, 'user')} (${digestOf(ids)})` };
}

/** An item of `/feature_flags`: whether it is on, and for whom. */
export function readFeatureFlag(json: unknown): Configured | undefined {
  const { data } = FeatureFlag.safeParse(json);
  if (!data) return undefined;
  const { name, active, strategies } = data;
  const told = strategies?.map(({ name: strategy, parameters, scopes }) => ({
    strategy,
    environments: sorted(scopes.map(({ environment_scope }) => environment_scope)),
    ...(parameters !== undefined && { parameters: parametersOf(parameters) }),
  }));
  return { id: name, name, values: { active, ...valuesOf(['strategies'], { strategies: told }) } };
}
