import type { Translation } from '@painchain/connector-sdk';
import type { NoiseRule } from './noise-rules.js';

/** Correlation keys of one event; the contract takes no more, nor longer ones. */
const maxRefs = 100;
const maxRefCharacters = 300;

export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The first line of a text that says something, or what to say instead. */
export function firstLine(text: string, fallback: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? fallback
  );
}

/** Some of many names: `a, b, c and 4 more`. */
export function someOf(names: readonly string[], shown = 3): string {
  const more = names.length - shown;
  const list = names.slice(0, shown).join(', ');
  return more > 0 ? `${list} and ${more} more` : list;
}

/** A text as long as it may stand in a list of changes. */
export function cutText(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters)}… (${text.length} characters)`;
}

export function versionRef(app: string, version: string): string {
  return `version:${app}@${version}`;
}

export function commitRef(sha: string): string {
  return `commit:${sha.toLowerCase()}`;
}

export function environmentRef(environment: string | undefined): string | undefined {
  return environment === undefined ? undefined : `env:${environment}`;
}

/** Each key once, as many as an event may carry; the first are the most important. */
export function refsOf(...refs: readonly (string | undefined)[]): string[] {
  const known = refs.filter((ref) => ref !== undefined && ref.length <= maxRefCharacters);
  return [...new Set(known)].filter((ref) => ref !== undefined).slice(0, maxRefs);
}

export function ignored(rule: NoiseRule): Translation {
  return { kind: 'ignored', reason: rule };
}

export function unsupported(what: string): Translation {
  return { kind: 'unsupported', what };
}
