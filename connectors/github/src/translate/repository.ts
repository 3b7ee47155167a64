import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { type ChangeSeen, identityChangeEvent } from '@painchain/connector-sdk/wording';
import type { RepositoryFacts, Sighting } from './facts.js';
import { homeOf, pageOf, whenSeen } from './wording.js';

/** A change of what a repository is. */
export type RepositoryChange =
  | { field: 'full_name' | 'visibility' | 'default_branch'; before?: string | undefined; after: string }
  | { field: 'archived'; before?: boolean | undefined; after: boolean };

interface Words {
  type: string;
  title: string;
}

function ownerOf(fullName: string | undefined): string | undefined {
  return fullName?.split('/')[0];
}

function wordsOf(change: RepositoryChange): Words {
  const { field, before, after } = change;
  const from = before === undefined ? '' : ` from ${before}`;
  switch (field) {
    case 'full_name':
      return before !== undefined && ownerOf(before) !== ownerOf(after)
        ? { type: 'repository_transferred', title: `Repository handed over${from} to ${after}` }
        : { type: 'repository_renamed', title: `Repository renamed${from} to ${after}` };
    case 'archived':
      return after
        ? { type: 'repository_archived', title: 'Repository archived' }
        : { type: 'repository_unarchived', title: 'Repository taken out of the archive' };
    case 'visibility':
      return { type: 'repository_visibility_changed', title: `Repository made ${after}` };
    case 'default_branch':
      return { type: 'default_branch_changed', title: `Default branch changed${from} to ${after}` };
  }
}

/** As `translateRepositoryChange`, for whoever knows more of who and when. */
export function repositoryEvent(
  change: RepositoryChange,
  repository: RepositoryFacts,
  seen: ChangeSeen,
): SourceEvent {
  const { field, before, after } = change;
  const told = { field, before, after, ...wordsOf(change) };
  return identityChangeEvent(told, homeOf(repository), pageOf(repository), seen);
}

/** A difference between two looks at what a repository is. */
export function translateRepositoryChange(
  change: RepositoryChange,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  return {
    kind: 'events',
    events: [repositoryEvent(change, repository, { when: whenSeen('', sighting), sighting })],
  };
}
