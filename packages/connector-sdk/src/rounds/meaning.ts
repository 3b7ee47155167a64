import { matchesPatterns } from '../config/name-patterns.js';

/** Whether a name matches one of the patterns, as forges compare names: in any case. */
export function matchesInAnyCase(name: string, patterns: readonly string[] | undefined): boolean {
  const lowered = patterns?.map((pattern) => pattern.toLowerCase());
  return matchesPatterns(name.toLowerCase(), lowered);
}

/** The labels of a thing that several entries mean. */
export function joinedTags(tags: readonly string[] = [], more: readonly string[] = []): string[] | undefined {
  const all = [...new Set([...tags, ...more])];
  return all.length === 0 ? undefined : all;
}
