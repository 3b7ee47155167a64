import { printField } from '@painchain/query';

/** The way to a value inside an event's data: keys, and numbers of items. */
export type Place = readonly (string | number)[];

/** A place as the query language names it, `data.labels."app/name"`. It enters lists, so no number stands in it. */
export function fieldPath(place: Place): string {
  return printField({ name: 'data', path: place.filter((step) => typeof step === 'string') });
}

/** A place with the numbers of its items, `data.commits[0].sha`: each value of an event has its own. */
export function exactPath(place: Place): string {
  const steps = place.map((step) => (typeof step === 'number' ? `[${step}]` : fieldPath([step]).slice(4)));
  return `data${steps.join('')}`;
}
