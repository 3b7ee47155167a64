import { FilterField, type TimelineFilter } from '@painchain/contract';
import {
  all,
  any,
  everything,
  type Field,
  type FieldName,
  parse,
  printField,
  type Query,
  QueryError,
} from '@painchain/query';
import { ProblemError } from '../problem/problem-error.js';

/** What a request asks, its filters and its `q` together. Throws `invalid` with the place of the fault in `q`. */
export function asQuery({ q, ...filter }: TimelineFilter): Query {
  const conditions = FilterField.options.flatMap((name) => {
    const values = filter[name] ?? [];
    return values.length === 0 ? [] : [any(values.map((value) => has(name, value)))];
  });
  return all([...conditions, q === undefined ? everything : parsed(q)]);
}

function has(name: FieldName, value: string): Query {
  return { kind: 'field', field: { name }, test: { kind: 'is', value } };
}

function parsed(q: string): Query {
  try {
    return parse(q);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new ProblemError(
      'invalid',
      'Correct the query where errors say what is wrong, and send it again.',
      {
        errors: [{ pointer: '/q', detail: error.message, span: error.span }],
      },
    );
  }
}

/** The query without the conditions on one field that all events must meet. */
export function without(query: Query, field: Field): Query {
  const parts = query.kind === 'all' ? query.of : [query];
  return all(parts.filter((part) => !isAbout(part, field)));
}

function isAbout(query: Query, field: Field): boolean {
  switch (query.kind) {
    case 'all':
    case 'any':
      return query.of.length > 0 && query.of.every((part) => isAbout(part, field));
    case 'not':
      return isAbout(query.of, field);
    case 'text':
      return false;
    case 'field':
      return printField(query.field) === printField(field);
  }
}
