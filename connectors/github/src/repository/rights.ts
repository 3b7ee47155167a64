import { HttpError, SourceError } from '@painchain/connector-sdk';
import type { Access, RightWords } from '@painchain/connector-sdk/rounds';
import { neededRights } from '../api/forbidden.js';
import type { EventKind } from '../config.js';

/** What each word under `events:` needs: the permission of a fine-grained token or an App. */
const access: Readonly<Record<EventKind, Access>> = {
  push: { what: 'pushes', right: 'Contents: read', probe: '/activity?per_page=1' },
  tag: { what: 'tags', right: 'Contents: read', probe: '/tags?per_page=1' },
  pull_request: {
    what: 'pull requests',
    right: 'Pull requests: read',
    probe: '/pulls?state=all&per_page=1',
  },
  issues: { what: 'issues', right: 'Issues: read', probe: '/issues?state=all&per_page=1' },
  workflow_run: { what: 'workflow runs', right: 'Actions: read', probe: '/actions/runs?per_page=1' },
  deployment: { what: 'deployments', right: 'Deployments: read', probe: '/deployments?per_page=1' },
  release: { what: 'releases', right: 'Contents: read', probe: '/releases?per_page=1' },
  package: { what: 'packages', right: 'the scope read:packages (a classic token)' },
  configuration: { what: 'the configuration', right: 'Administration: read', probe: '/rulesets?per_page=1' },
};

export const rights: RightWords<EventKind> = {
  access,
  bearer: 'the token or App',
  named: ({ cause }) => (cause instanceof HttpError ? neededRights(cause) : undefined),
};

/** Whether a repository that can be read just doesn't have this, so that there is nothing to see and nothing wrong. */
export function isNothingToSee(kinds: readonly EventKind[], error: unknown): boolean {
  if (!(error instanceof SourceError)) return false;
  switch (error.code) {
    case 'repository-empty':
      return true;
    case 'gone':
      return kinds.includes('issues');
    case 'not-found':
      return kinds.includes('workflow_run');
    case 'not-available':
      return true;
    default:
      return false;
  }
}

const refusals = ['permission-missing', 'not-found', 'gone', 'packages-not-permitted'];

/** Whether only what was asked for is refused, while the rest may well be read. */
export function isRefusal(error: unknown): error is SourceError {
  return error instanceof SourceError && refusals.includes(error.code);
}
