import { type Query, searchTerms } from '@painchain/query';
import { decodeId } from '../database/opaque-id.js';
import { type FieldQuery, storedRef } from './judge-field.js';
import { isStorable } from './storable.js';
import { boundsOf, type Bound } from './time-field.js';
import type { TextQuery } from './words.js';

/** A condition that an index answers, and the value as it is stored. */
export interface Indexed {
  value: string;
  condition: FieldQuery;
}

/** The conditions that all events must meet, by what they are good for on the way to the events. */
export interface Route {
  /** On the timestamp. */
  bounds: Bound[];
  seq?: Indexed;
  ref?: Indexed;
  project?: Indexed;
  texts: TextQuery[];
  /** What has to be judged event by event, whichever way is taken. */
  others: Query[];
}

export function routeOf(query: Query): Route {
  const route: Route = { bounds: [], texts: [], others: [] };
  for (const part of query.kind === 'all' ? query.of : [query]) {
    const isPlaced =
      (part.kind === 'text' && placeText(route, part)) || (part.kind === 'field' && placeField(route, part));
    if (!isPlaced) route.others.push(part);
  }
  return route;
}

function placeText(route: Route, text: TextQuery): boolean {
  if (searchTerms(text).length === 0) return false;
  route.texts.push(text);
  return true;
}

function placeField(route: Route, condition: FieldQuery): boolean {
  const { field, test } = condition;
  if (field.name === 'timestamp') {
    const bounds = boundsOf(test);
    route.bounds.push(...(bounds ?? []));
    return bounds !== undefined;
  }
  if (test.kind !== 'is' || !isStorable(test.value)) return false;
  const [name, value] = indexedValue(field.name, test.value) ?? [];
  // A second value for the same field is judged like any other condition.
  if (name === undefined || value === undefined || route[name]) return false;
  route[name] = { value, condition };
  return true;
}

function indexedValue(
  field: FieldQuery['field']['name'],
  typed: string,
): ['seq' | 'ref' | 'project', string | undefined] | undefined {
  if (field === 'id') return ['seq', decodeId('evt', typed)];
  if (field === 'ref') return ['ref', storedRef(typed)];
  return field === 'project' ? ['project', typed] : undefined;
}

/** Whether what is searchable of events makes a difference. */
export function asksForText(query: Query): boolean {
  switch (query.kind) {
    case 'all':
    case 'any':
      return query.of.some(asksForText);
    case 'not':
      return asksForText(query.of);
    case 'text':
      return true;
    case 'field':
      return false;
  }
}
