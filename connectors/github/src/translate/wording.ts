import type { RepositoryFacts, Sighting } from './facts.js';

/** Correlation keys of one event; the contract takes no more. */
const maxRefs = 100;

export function short(sha: string): string {
  return sha.slice(0, 8);
}

/** The first line of a message that says something, or what to call what has none. */
export function firstLine(message: string, fallback: string): string {
  return (
    message
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? fallback
  );
}

export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export function commitRef(sha: string): string {
  return `commit:${sha}`;
}

export function versionRef({ fullName }: RepositoryFacts, tag: string): string {
  return `version:${fullName}@${tag}`;
}

/** A page of the repository's, or its own, where a browser may go there safely. */
export function pageOf({ webUrl }: RepositoryFacts, path?: string): { url?: string } {
  if (!webUrl.startsWith('https://')) return {};
  return { url: path === undefined ? webUrl : `${webUrl}/${path}` };
}

/** Each key once, as many as an event may carry; the first are the most important. */
export function refsOf(...refs: readonly (string | undefined)[]): string[] {
  return [...new Set(refs.filter((ref) => ref !== undefined))].slice(0, maxRefs);
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
