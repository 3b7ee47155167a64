import type { Query } from '@painchain/query';
import type { Bind } from './bind.js';
import { allOf, anyOf, type Condition, notOf, write } from './conditions.js';
import { judgeAnyText, judgeField } from './judge-field.js';
import { hasWords, type TextQuery } from './words.js';

/**
 * A query as a boolean SQL expression over the alias `e` of events, true or false and never null. All of its values
 * are bound.
 */
export function compile(query: Query, tenantId: number, bind: Bind): string {
  return write(conditionOf(query, tenantId), bind);
}

/** What a query means for the events of a tenant. */
export function conditionOf(query: Query, tenantId: number): Condition {
  const inner = (part: Query) => conditionOf(part, tenantId);
  switch (query.kind) {
    case 'all': {
      // Their words are looked up once.
      const texts = query.of.filter((part): part is TextQuery => part.kind === 'text');
      const others = query.of.filter(({ kind }) => kind !== 'text');
      return allOf([...others.map(inner), hasWords(texts, tenantId)]);
    }
    case 'any':
      return judgeAnyText(query.of) ?? anyOf(query.of.map(inner));
    case 'not':
      return notOf(inner(query.of));
    case 'text':
      return hasWords([query], tenantId);
    case 'field':
      return judgeField(query);
  }
}
