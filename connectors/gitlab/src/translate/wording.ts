import type { Home } from '@painchain/connector-sdk/wording';
import type { ProjectFacts } from './facts.js';

export {
  type When,
  backfillOf,
  commitRef,
  counted,
  digestOf,
  firstLine,
  refsOf,
  short,
  whenSeen,
  windowData,
} from '@painchain/connector-sdk/wording';

/** What all forges call it. */
export function homeOf({ host, id, fullPath }: ProjectFacts): Home {
  return { host, id, project: fullPath };
}

export function versionRef({ fullPath }: ProjectFacts, tag: string): string {
  return `version:${fullPath}@${tag}`;
}

/** Issues are `#12`, merge requests `!12`: GitLab counts them apart. */
export function changeRef({ fullPath }: ProjectFacts, sign: '#' | '!', iid: number): string {
  return `change:${fullPath}${sign}${iid}`;
}

/** A page of the project's, or its own, where a browser may go there safely. */
export function pageOf({ webUrl }: ProjectFacts, path?: string): { url?: string } {
  if (!webUrl.startsWith('https://')) return {};
  return { url: path === undefined ? webUrl : `${webUrl}/-/${path}` };
}
