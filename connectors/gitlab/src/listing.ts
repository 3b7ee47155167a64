import { HttpError, SourceError } from '@painchain/connector-sdk';
import { KeptLists } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { neededRight } from './api/forbidden.js';
import type { GitLabConnection } from './api/open-gitlab.js';
import type { Group } from './config.js';

const Projects = z.array(
  z.object({
    id: z.int().nonnegative(),
    path_with_namespace: z
      .string()
      .max(500)
      .regex(/^[^/]+(?:\/[^/]+)+$/),
    archived: z.boolean().nullish(),
    marked_for_deletion_on: z.string().nullish().catch(null),
  }),
);

/** A project as a group's list has it. */
export interface Listed {
  id: number;
  fullPath: string;
  /** Or about to be deleted, which is as read-only. */
  archived: boolean;
}

function projectsIn(json: unknown): Listed[] | undefined {
  return Projects.safeParse(json).data?.map((project) => ({
    id: project.id,
    fullPath: project.path_with_namespace,
    archived: project.archived === true || typeof project.marked_for_deletion_on === 'string',
  }));
}

function unreadable(): SourceError {
  return new SourceError({
    code: 'answer-unreadable',
    detail: 'GitLab’s list of projects can’t be read.',
    remedy: 'Check `base_url`: it must lead to GitLab, with the sub-path that it lives under.',
    kind: 'upstream',
  });
}

/** What a refusal means where it is a group that is refused. */
function refusedGroup(group: string | number, { code, remedy, cause }: SourceError): SourceError | undefined {
  if (code === 'not-found') {
    return new SourceError({
      code: 'group-missing',
      detail: `GitLab knows no group ${group}, or hides it from this token.`,
      remedy:
        'Check its path or id under `groups:`; a group that was renamed has another path. Projects of a user, who is no group, stand under `projects:` one by one.',
      kind: 'configuration',
      cause,
    });
  }
  if (code !== 'permission-missing') return undefined;
  const lacksRight = cause instanceof HttpError && neededRight(cause) !== undefined;
  return new SourceError({
    code: 'group-not-permitted',
    detail: `The token may not list the projects of the group ${group}.`,
    remedy: lacksRight ? remedy : 'Make the token’s user a member of the group, with the role Reporter.',
    kind: 'configuration',
    cause,
  });
}

/** What of a group is to be listed; whoever asks for the same shares the answer. */
export type GroupScope = Pick<Group, 'group' | 'subgroups'>;

export function nameOf({ group, subgroups }: GroupScope): string {
  return `${String(group).toLowerCase()}${subgroups ? '/**' : '/*'}`;
}

/** Which projects of a group a token sees. Those that were only shared with it belong to another. */
export class Listing {
  readonly #lists: KeptLists<Listed>;

  constructor(gitlab: GitLabConnection) {
    this.#lists = new KeptLists(gitlab, projectsIn, unreadable);
  }

  async of({ group, subgroups }: GroupScope, signal: AbortSignal): Promise<Listed[]> {
    const query = `include_subgroups=${subgroups}&with_shared=false&order_by=id&sort=asc&per_page=100`;
    try {
      const target = `/groups/${encodeURIComponent(String(group))}/projects?${query}`;
      return await this.#lists.all(target, signal);
    } catch (error) {
      throw (error instanceof SourceError && refusedGroup(group, error)) || error;
    }
  }
}
