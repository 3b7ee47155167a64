import { type Query, searchTerms } from '@painchain/query';
import type { Condition } from './conditions.js';

export type TextQuery = Extract<Query, { kind: 'text' }>;

/**
 * What texts ask of the words of an event, all together, as a tsquery; undefined when there is no word in them.
 * A word begins with its tenant, as event-words.ts stores it.
 */
export function wordsQuery(texts: readonly TextQuery[], tenantId: number): string | undefined {
  const tenant = tenantId.toString(36);
  const phrases = texts.flatMap((text) => {
    const words = searchTerms(text).map(({ word, isPrefix }) => `'${tenant}.${word}'${isPrefix ? ':*' : ''}`);
    return words.length === 0 ? [] : [`(${words.join(' <-> ')})`];
  });
  return phrases.length === 0 ? undefined : phrases.join(' & ');
}

/**
 * Whether the words of `e` are what texts ask for. A value and no `exists`, which the planner may turn into a search
 * of all words: row security bars that from the index.
 */
export function hasWords(texts: readonly TextQuery[], tenantId: number): Condition {
  const wanted = wordsQuery(texts, tenantId);
  if (wanted === undefined) return true;
  return (bind) => `coalesce((select w.words @@ ${bind(wanted, 'tsquery')} from event_words w
  where w.tenant_id = e.tenant_id and w.seq = e.seq), false)`;
}
