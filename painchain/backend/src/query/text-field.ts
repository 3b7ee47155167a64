import type { Test } from '@painchain/query';
import { type Condition, known } from './conditions.js';
import { likePattern } from './like.js';

/** What a test of a field means. */
export type Judge = (test: Test) => Condition;

export type Fold = (typed: string) => string;
export const asTyped: Fold = (typed) => typed;

/** A text that is compared as it is; `fold` brings what was typed to the form in which the field is stored. */
export function textField(expression: string, fold = asTyped): Judge {
  return (test) => {
    switch (test.kind) {
      case 'is':
        return (bind) => known(`${expression} = ${bind(fold(test.value), 'text')}`);
      case 'like':
        return (bind) => known(`${expression} like ${bind(fold(likePattern(test.parts)), 'text')}`);
      case 'exists':
        return () => `(${expression} is not null)`;
      case 'compare':
        return false;
    }
  };
}

/** The same for any of several values, which are one comparison however many they are. */
export function anyOfTexts(expression: string, fold: Fold, values: readonly string[]): Condition {
  return (bind) => known(`${expression} = any(${bind(values.map(fold), 'text[]')})`);
}

/** A text to be read by people: what it contains is found, in any case. */
export function proseField(expression: string): Judge {
  const like =
    (parts: readonly string[]): Condition =>
    (bind) =>
      known(`${expression} ilike ${bind(likePattern(parts), 'text')}`);
  return (test) => {
    switch (test.kind) {
      case 'is':
        return like(['', test.value, '']);
      case 'like':
        return like(test.parts);
      case 'exists':
        return () => `(${expression} is not null)`;
      case 'compare':
        return false;
    }
  };
}

/** A list: any of its members counts. */
export function listField(expression: string, fold = asTyped): Judge {
  return (test) => {
    switch (test.kind) {
      case 'is':
        return (bind) => known(`${bind(fold(test.value), 'text')} = any(${expression})`);
      case 'like':
        return (bind) => {
          const pattern = bind(fold(likePattern(test.parts)), 'text');
          return `exists (select from unnest(${expression}) as member where member like ${pattern})`;
        };
      case 'exists':
        return () => known(`cardinality(${expression}) > 0`);
      case 'compare':
        return false;
    }
  };
}
