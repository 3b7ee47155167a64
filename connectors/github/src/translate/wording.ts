import type { Home } from '@painchain/connector-sdk/wording';
import type { RepositoryFacts } from './facts.js';

export {
  type When,
  backfillOf,
  commitRef,
  counted,
  firstLine,
  refsOf,
  short,
  whenSeen,
  windowData,
} from '@painchain/connector-sdk/wording';

/** What all forges call it. */
export function homeOf({ host, id, fullName }: RepositoryFacts): Home {
  return { host, id, project: fullName };
}

export function versionRef({ fullName }: RepositoryFacts, tag: string): string {
  return `version:${fullName}@${tag}`;
}

/** A page of the repository's, or its own, where a browser may go there safely. */
export function pageOf({ webUrl }: RepositoryFacts, path?: string): { url?: string } {
  if (!webUrl.startsWith('https://')) return {};
  return { url: path === undefined ? webUrl : `${webUrl}/${path}` };
}
