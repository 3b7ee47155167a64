import type { RepositoryFacts, Sighting } from './facts.js';

export { commitRef, counted, firstLine, refsOf, short } from '@painchain/connector-sdk/wording';

export function versionRef({ fullName }: RepositoryFacts, tag: string): string {
  return `version:${fullName}@${tag}`;
}

/** A page of the repository's, or its own, where a browser may go there safely. */
export function pageOf({ webUrl }: RepositoryFacts, path?: string): { url?: string } {
  if (!webUrl.startsWith('https://')) return {};
  return { url: path === undefined ? webUrl : `${webUrl}/${path}` };
}

/** When something happened, as an event says it. */
export interface When {
  timestamp: string;
  time_precision: 'exact' | 'gap';
}

/** By its own instant (RFC 3339), or, where it shows as a difference only, by the looks that it lies between. */
export function whenSeen(instant: string, { between }: Sighting): When {
  return between
    ? { timestamp: between.to, time_precision: 'gap' }
    : { timestamp: instant, time_precision: 'exact' };
}

/** The two looks that a difference was found between. */
export function windowData({ between }: Sighting): object {
  return between?.from ? { seen_between: { from: between.from, to: between.to } } : {};
}

export function backfillOf({ backfill }: Sighting): { backfill?: true } {
  return backfill ? { backfill: true } : {};
}
