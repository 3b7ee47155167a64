import { type Query } from './query.js';

/** Events that meet all of these, in the one form that a tree has for it. */
export function all(members: readonly Query[]): Query {
  return joined('all', members);
}

/** Events that meet one of these. */
export function any(members: readonly Query[]): Query {
  return joined('any', members);
}

function joined(kind: 'all' | 'any', members: readonly Query[]): Query {
  const of = members.flatMap((member) => (member.kind === kind ? member.of : [member]));
  const [first] = of;
  return first && of.length === 1 ? first : { kind, of };
}

/** Events that don't meet this. */
export function not(query: Query): Query {
  return query.kind === 'not' ? query.of : { kind: 'not', of: query };
}

/** How many levels a tree has below its conditions. */
export function height(query: Query): number {
  switch (query.kind) {
    case 'all':
    case 'any':
      return 1 + Math.max(0, ...query.of.map(height));
    case 'not':
      return 1 + height(query.of);
    case 'text':
    case 'field':
      return 0;
  }
}
