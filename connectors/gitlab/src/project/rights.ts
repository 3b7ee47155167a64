import { HttpError, SourceError } from '@painchain/connector-sdk';
import type { RightWords } from '@painchain/connector-sdk/rounds';
import { neededRight } from '../api/forbidden.js';
import type { EventKind } from '../config.js';

const reporter = 'the role Reporter';

/** What each word under `events:` needs beside the scope read_api. */
export const rights: RightWords<EventKind> = {
  access: {
    push: { what: 'pushes', right: reporter, probe: '/repository/branches?per_page=1' },
    tag_push: { what: 'tags', right: reporter, probe: '/repository/tags?per_page=1' },
    merge_request: { what: 'merge requests', right: reporter, probe: '/merge_requests?per_page=1' },
    issue: { what: 'issues', right: reporter, probe: '/issues?per_page=1' },
    pipeline: { what: 'pipelines', right: reporter, probe: '/pipelines?per_page=1' },
    deployment: { what: 'deployments', right: reporter, probe: '/deployments?per_page=1' },
    release: { what: 'releases', right: reporter, probe: '/releases?per_page=1' },
    container_image: {
      what: 'container images',
      right: reporter,
      probe: '/registry/repositories?per_page=1',
    },
    configuration: {
      what: 'the configuration',
      right: 'the role Maintainer',
      probe: '/protected_branches?per_page=1',
    },
  },
  bearer: 'the token or its user',
  named: ({ cause }) => (cause instanceof HttpError ? neededRight(cause) : undefined),
};

/** Whether a project that can be read just doesn't have this, so that there is nothing to see and nothing wrong. */
export function isNothingToSee(kinds: readonly EventKind[], error: unknown): boolean {
  // A server without a registry doesn't know its addresses.
  return error instanceof SourceError && error.code === 'not-found' && kinds.includes('container_image');
}

const refusals = ['permission-missing', 'not-found', 'gone'];

/** Whether only what was asked for is refused, while the rest may well be read. */
export function isRefusal(error: unknown): error is SourceError {
  return error instanceof SourceError && refusals.includes(error.code);
}
