import {
  all,
  any,
  everything,
  type Field,
  not,
  parse,
  print,
  printField,
  type Query,
  QueryError,
} from '@painchain/query';

/** A query's text read: its tree, or why it can't be read and where. */
export type Reading = { query: Query } | { fault: QueryError };

export function readQuery(text: string | undefined): Reading {
  try {
    return { query: text === undefined ? everything : parse(text) };
  } catch (error) {
    if (error instanceof QueryError) return { fault: error };
    throw error;
  }
}

/** One of the conditions that must all hold, which is a chip below the query. */
export type Condition = { text: string; isNegated: boolean };

function partsOf(query: Query): readonly Query[] {
  return query.kind === 'all' ? query.of : [query];
}

export function conditionsOf(query: Query): Condition[] {
  return partsOf(query).map((part) => ({
    text: print(part.kind === 'not' ? part.of : part) || '*',
    isNegated: part.kind === 'not',
  }));
}

/** A change of a query. */
export type Edit = (query: Query) => Query;

export function withoutCondition(index: number): Edit {
  return (query) => all(partsOf(query).filter((_, at) => at !== index));
}

export function negated(index: number): Edit {
  return (query) => all(partsOf(query).map((part, at) => (at === index ? not(part) : part)));
}

/** A further condition, unless it is there. */
export function and(condition: Query): Edit {
  return (query) =>
    partsOf(query).some((part) => isSame(part, condition)) ? query : all([query, condition]);
}

/** The condition that a field has a value. */
export function has(field: Field, value: string): Query {
  return { kind: 'field', field, test: { kind: 'is', value } };
}

/** Of this field this value only. */
export function only(field: Field, value: string): Edit {
  return (query) => all([withoutField(field)(query), has(field, value)]);
}

/** Also this value of the field: beside those that are asked for, any of them. */
export function added(field: Field, value: string): Edit {
  return (query) => {
    const { included } = chosenValues(query, field);
    return all([withoutValues(query, field, value), oneOf(field, [...included, value])]);
  };
}

/** Without the events that have this value. */
export function excluded(field: Field, value: string): Edit {
  return (query) => and(not(has(field, value)))(withoutValue(field, value)(query));
}

/** The value neither asked for nor excluded. */
export function withoutValue(field: Field, value: string): Edit {
  return (query) => {
    const values = chosenValues(query, field).included.filter((each) => each !== value);
    const rest = withoutValues(query, field, value);
    return values.length === 0 ? rest : all([rest, oneOf(field, values)]);
  };
}

/** Without any condition that is about this field alone. */
export function withoutField(field: Field): Edit {
  return (query) => without(query, (part) => isAbout(part, field));
}

/** The values of a field that a query asks for or excludes as a whole. */
export function chosenValues(query: Query, field: Field): { included: string[]; excluded: string[] } {
  const parts = partsOf(query);
  return {
    included: parts.filter((part) => isListOf(part, field)).flatMap(valuesOf),
    excluded: parts.flatMap((part) =>
      part.kind === 'not' && isListOf(part.of, field) ? valuesOf(part.of) : [],
    ),
  };
}

function without(query: Query, isGone: (part: Query) => boolean): Query {
  return all(partsOf(query).filter((part) => !isGone(part)));
}

function oneOf(field: Field, values: readonly string[]): Query {
  return any([...new Set(values)].map((value) => has(field, value)));
}

/** Without the values of the field that are asked for, and with `value` no longer among those that are excluded. */
function withoutValues(query: Query, field: Field, value: string): Query {
  const rest = partsOf(query).flatMap((part) => {
    if (isListOf(part, field)) return [];
    if (part.kind !== 'not' || !isListOf(part.of, field)) return [part];
    const values = valuesOf(part.of).filter((each) => each !== value);
    return values.length === 0 ? [] : [not(oneOf(field, values))];
  });
  return all(rest);
}

function valuesOf(part: Query): string[] {
  if (part.kind === 'any') return part.of.flatMap(valuesOf);
  return part.kind === 'field' && part.test.kind === 'is' ? [part.test.value] : [];
}

/** Whether a condition names one or several whole values of the field, and nothing else. */
function isListOf(part: Query, field: Field): boolean {
  if (part.kind === 'any') return part.of.every((each) => isListOf(each, field));
  return part.kind === 'field' && part.test.kind === 'is' && isSameField(part.field, field);
}

function isAbout(part: Query, field: Field): boolean {
  if (part.kind === 'text') return false;
  if (part.kind === 'field') return isSameField(part.field, field);
  return part.kind === 'not' ? isAbout(part.of, field) : part.of.every((each) => isAbout(each, field));
}

function isSameField(one: Field, other: Field): boolean {
  return printField(one) === printField(other);
}

function isSame(one: Query, other: Query): boolean {
  return print(one) === print(other);
}
