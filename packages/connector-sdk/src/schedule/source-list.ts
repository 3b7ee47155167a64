import { limits } from '@painchain/contract';
import type { Source } from '../connector.js';
import { SourceError } from '../source-error.js';
import { isBlank, storableText } from '../storable/storable-text.js';

function canBeNamed(name: string): boolean {
  return !isBlank(name) && name.length <= limits.source && storableText(name) === name;
}

/** Sources by their names, which can carry a cursor each. @throws SourceError when one can't. */
export function byName(sources: readonly Source[]): Map<string, Source> {
  const named = new Map<string, Source>();
  for (const source of sources) {
    const { name } = source;
    if (!canBeNamed(name) || named.has(name)) throw nameFault(name);
    named.set(name, source);
  }
  return named;
}

function nameFault(name: string): SourceError {
  return new SourceError({
    code: 'source-name',
    detail: `The source "${name.slice(0, 100)}" is configured twice, or can't be a name.`,
    remedy: 'Configure each source once.',
    kind: 'configuration',
  });
}
