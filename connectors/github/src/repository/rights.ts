import { HttpError, SourceError } from '@painchain/connector-sdk';
import { neededRights } from '../api/forbidden.js';
import type { EventKind } from '../config.js';

interface Access {
  /** What it is about, as the subject of a sentence. */
  what: string;
  /** The permission of a fine-grained token or an App. */
  right: string;
  /** The cheapest question that needs it, under the repository's path. */
  probe?: string;
}

/** What each word under `events:` needs. */
export const access: Readonly<Record<EventKind, Access>> = {
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

/** Something that was not let in, and what it was asked for. */
export interface Refusal {
  kinds: readonly EventKind[];
  error: SourceError;
}

function listed(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

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

/** All that was not let in at one repository, as one thing to mend. */
export function refusedEvents(fullName: string, refusals: readonly Refusal[]): SourceError {
  const kinds = refusals.flatMap((refusal) => refusal.kinds);
  const rights = refusals.flatMap((refusal) => {
    const { cause } = refusal.error;
    const named = cause instanceof HttpError ? neededRights(cause) : undefined;
    return named === undefined ? refusal.kinds.map((kind) => access[kind].right) : [named];
  });
  const words = listed(kinds.map((kind) => `\`${kind}\``));
  return new SourceError({
    code: 'events-not-permitted',
    detail: `Of ${fullName}, ${listed(kinds.map((kind) => access[kind].what))} can’t be read with this credential; all else is told.`,
    remedy: `Give the token or App ${listed(rights)}, or leave ${words} out of \`events:\`.`,
    kind: 'configuration',
    cause: refusals[0]?.error,
  });
}
