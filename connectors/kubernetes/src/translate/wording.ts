import type { Translation } from '@painchain/connector-sdk';
import type { NoiseRule } from './noise-rules.js';

export { commitRef, firstLine, refsOf } from '@painchain/connector-sdk/wording';

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

export function environmentRef(environment: string | undefined): string | undefined {
  return environment === undefined ? undefined : `env:${environment}`;
}

export function ignored(rule: NoiseRule): Translation {
  return { kind: 'ignored', reason: rule };
}

export function unsupported(what: string): Translation {
  return { kind: 'unsupported', what };
}
