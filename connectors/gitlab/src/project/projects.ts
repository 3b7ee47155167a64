import type { Identity, Vendor } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type GitLabConnection, isCredentialFault } from '../api/open-gitlab.js';
import type { EventKind } from '../config.js';
import type { AtProject } from '../looks/look.js';
import { isNothingToSee, isRefusal, rights } from './rights.js';

const Text = z.string().nullish().catch(null);

const Answer = z.object({
  id: z.int().nonnegative(),
  path_with_namespace: z
    .string()
    .max(500)
    .regex(/^[^/]+(?:\/[^/]+)+$/),
  web_url: z.url({ protocol: /^https?$/ }).max(1_000),
  archived: z.boolean().nullish(),
  marked_for_deletion_on: Text,
  empty_repo: z.boolean().nullish().catch(null),
  repository_access_level: Text,
  merge_requests_access_level: Text,
  issues_access_level: Text,
  builds_access_level: Text,
  environments_access_level: Text,
  releases_access_level: Text,
  container_registry_access_level: Text,
});
type Answer = z.infer<typeof Answer>;

/** What is switched off in a project, as far as it says so: a guest isn't told. GitLab answers 403 or 404 for it. */
function lackedBy(answer: Answer): EventKind[] {
  const levels: [EventKind, string | null | undefined][] = [
    ['push', answer.repository_access_level],
    ['tag_push', answer.repository_access_level],
    ['merge_request', answer.merge_requests_access_level],
    ['issue', answer.issues_access_level],
    ['pipeline', answer.builds_access_level],
    // Without CI/CD nothing is deployed, and without a repository nothing is released, whatever they say of themselves.
    ['deployment', answer.environments_access_level],
    ['deployment', answer.builds_access_level],
    ['release', answer.releases_access_level],
    ['release', answer.repository_access_level],
    ['container_image', answer.container_registry_access_level],
  ];
  const off = levels.flatMap(([kind, level]) => (level === 'disabled' ? [kind] : []));
  return answer.empty_repo === true ? [...new Set<EventKind>([...off, 'push', 'tag_push'])] : off;
}

/** Which project an answer of GitLab's describes; undefined when it can't be read. */
function identityIn(json: unknown): Identity | undefined {
  const { data } = Answer.safeParse(json);
  if (!data) return undefined;
  return {
    id: data.id,
    fullName: data.path_with_namespace,
    webUrl: data.web_url.replace(/\/+$/, ''),
    // What waits for its deletion is as read-only as what is archived, and goes by another path until then.
    archived: data.archived === true || typeof data.marked_for_deletion_on === 'string',
    lacks: lackedBy(data),
  };
}

/**
 * How projects are known to GitLab, and what of them may be read. One that was renamed or moved is led to from its
 * former path, until another one takes that; by its id it is found for as long as it exists.
 *
 * https://docs.gitlab.com/user/project/working_with_projects/#rename-a-repository
 */
export function projectsOf(gitlab: GitLabConnection): Vendor<AtProject, EventKind> {
  return {
    vendor: 'GitLab',
    noun: 'project',
    addresses: (name, known, id) => {
      if (id !== undefined) return [`/projects/${id}`];
      const byPath = `/projects/${encodeURIComponent(name)}`;
      return known ? [byPath, `/projects/${known.id}`] : [byPath];
    },
    read: identityIn,
    remedies: {
      missing:
        'Check its path or id, and that the token’s user is a member. If it was deleted, take it out of `projects:`.',
      notPermitted: 'Use a token with the scope read_api whose user is a member with the role Reporter.',
      unreadable: 'Check `base_url`: it must lead to GitLab, with the sub-path that it lives under.',
    },
    ownOf: ({ id, fullName, webUrl }) => ({
      gitlab,
      project: { host: gitlab.host, id, fullPath: fullName, webUrl },
      path: `/projects/${id}`,
    }),
    rights,
    isNothingToSee,
    isRefusal,
    isCredentialFault,
  };
}
