import type { Facets } from '@painchain/contract';
import { type Field, not, type Query } from '@painchain/query';
import {
  added,
  and,
  chosenValues,
  type Edit,
  excluded,
  only,
  withoutField,
  withoutValue,
} from '../../address/conditions.js';

export type Choice = {
  value: string;
  /** Undefined where it is not among those that were counted. */
  count: number | undefined;
  /** Of the most frequent one's count, between 0 and 1. */
  share: number;
  state: 'included' | 'excluded' | 'free';
};

type Counts = Facets['facets'][number]['values'];

/**
 * The values of a facet with what the query says of them; one that it names is there even where nothing has it.
 * `isWhole`: these are all values that there are.
 */
export function choicesOf(values: Counts, isWhole: boolean, query: Query, field: Field): Choice[] {
  const chosen = chosenValues(query, field);
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const most = Math.max(1, ...counts.values());
  const all = new Set([...counts.keys(), ...chosen.included, ...chosen.excluded]);
  return [...all].map((value) => ({
    value,
    count: counts.get(value) ?? (isWhole ? 0 : undefined),
    share: (counts.get(value) ?? 0) / most,
    state: stateOf(value, chosen),
  }));
}

function stateOf(value: string, chosen: ReturnType<typeof chosenValues>): Choice['state'] {
  if (chosen.excluded.includes(value)) return 'excluded';
  return chosen.included.includes(value) ? 'included' : 'free';
}

/** Pressing a value: it alone, or any again when it was alone already. */
export function pickedOnly(query: Query, field: Field, value: string): Edit {
  const { included } = chosenValues(query, field);
  return included.length === 1 && included[0] === value ? withoutValue(field, value) : only(field, value);
}

/** Ticking a value, or taking the tick away. */
export function ticked(field: Field, { value, state }: Choice): Edit {
  return state === 'included' ? withoutValue(field, value) : added(field, value);
}

/** Excluding a value, or no longer. */
export function struck(field: Field, { value, state }: Choice): Edit {
  return state === 'excluded' ? withoutValue(field, value) : excluded(field, value);
}

/** Only the events that have no value. */
export function onlyMissing(field: Field): Edit {
  return (query) => and(not({ kind: 'field', field, test: { kind: 'exists' } }))(withoutField(field)(query));
}
