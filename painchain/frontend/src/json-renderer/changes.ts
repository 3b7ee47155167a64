import type { JsonObject, JsonValue } from '@painchain/contract';
import { detect } from './detect.js';
import { type Hint, hintForItems, hintForKey } from './hint.js';
import { itemPairs } from './item-pairs.js';
import { renderLimits } from './limits.js';
import { fieldPath, type Place } from './places.js';
import { type Change, changeOf, keysOf, isJsonObject, isScalar, orderedBy } from './structures.js';
import { labelOf } from './words.js';

/** A field that was one thing and is another. */
export type FoundChange = {
  /** Its name in the query language, as FieldOfEvent has it. */
  path: string;
  place: Place;
  /** Where the value before stands; between two events it is the same place. */
  placeBefore: Place;
  /** What people read instead: `Spec`, `Containers`, `api`, `Image`. */
  labels: string[];
  /** The key that says what the sides are. */
  name: string;
  before: JsonValue;
  after: JsonValue;
  hint?: Hint | undefined;
};

/** Where a walk stands. */
type Spot = Pick<FoundChange, 'place' | 'placeBefore' | 'labels' | 'name' | 'hint'>;

/** What a walk has found, how many values it may still look at, and what it may look into. */
type Walk = { found: FoundChange[]; left: number; mayEnter: (value: object) => boolean };

function mayGoOn(walk: Walk): boolean {
  walk.left -= 1;
  return walk.left >= 0 && walk.found.length < renderLimits.changes;
}

function newWalk(mayEnter: Walk['mayEnter'] = () => true): Walk {
  return { found: [], left: 4 * renderLimits.nodes, mayEnter };
}

function top(schema: JsonObject | undefined): Spot {
  return { place: [], placeBefore: [], labels: [], name: '', hint: schema && { schema } };
}

/** All changes that an event's data tells, anywhere in it, in reading order. */
export function changesIn(data: JsonObject, schema?: JsonObject): FoundChange[] {
  const walk = newWalk();
  look(data, top(schema), walk);
  return walk.found;
}

/** What differs between the data of two events, leaf by leaf. */
export function fieldDiff(before: JsonObject, after: JsonObject, schema?: JsonObject): FoundChange[] {
  return differences(before, after, top(schema));
}

/** What differs between two values: leaves of objects, items of lists that are the same thing, or the whole. */
export function differences(
  before: JsonValue,
  after: JsonValue,
  spot: Spot,
  mayEnter?: Walk['mayEnter'],
): FoundChange[] {
  const walk = newWalk(mayEnter);
  compare(before, after, spot, walk);
  return walk.found;
}

function under(spot: Spot, key: string): Spot {
  const hint = hintForKey(spot.hint?.schema, key);
  return {
    place: [...spot.place, key],
    placeBefore: [...spot.placeBefore, key],
    labels: [...spot.labels, hint?.title ?? labelOf(key)],
    name: key,
    hint,
  };
}

function item(spot: Spot, index: number, label: string): Spot {
  const hint = hintForItems(spot.hint?.schema);
  return {
    place: [...spot.place, index],
    placeBefore: [...spot.placeBefore, index],
    labels: [...spot.labels, label],
    name: spot.name,
    hint,
  };
}

function look(value: JsonValue, spot: Spot, walk: Walk): void {
  if (isScalar(value) || !mayGoOn(walk)) return;
  if (Array.isArray(value)) {
    value.slice(0, renderLimits.items).forEach((one, index) => {
      look(one, item(spot, index, whatChanged(one) ?? `${index + 1}`), walk);
    });
    return;
  }
  if (!isJsonObject(value)) return;
  const change = detect(spot.name, value) === 'change' ? changeOf(value) : undefined;
  if (change) {
    compare(change.before, change.after, sidesOf(spot, change), walk);
    return;
  }
  const beside = changeBeside(value, spot);
  if (beside) walk.found.push(beside);
  for (const key of orderedBy(spot.hint?.schema, keysOf(value))) {
    look(value[key] ?? null, under(spot, key), walk);
  }
}

/** Where the two sides of a change stand. */
export function sidesOf(spot: Spot, { keys: [first, second] }: Change): Spot {
  return { ...spot, place: [...spot.place, second], placeBefore: [...spot.place, first] };
}

/** The keys of a change that may have other keys beside them; `from` and `to` then say whence and whither. */
const sides = [
  ['old', 'new'],
  ['before', 'after'],
  ['previous', 'current'],
] as const;

/** What an item of a list of changes says that it is a change of. */
function whatChanged(value: JsonValue): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const key = ['field', 'path'].find((key) => Object.hasOwn(value, key));
  const said = key === undefined ? undefined : value[key];
  return typeof said === 'string' && said !== '' ? said : undefined;
}

function changeBeside(value: JsonObject, spot: Spot): FoundChange | undefined {
  for (const [first, second] of sides) {
    if (!Object.hasOwn(value, first) || !Object.hasOwn(value, second)) continue;
    const [before, after] = [value[first] ?? null, value[second] ?? null];
    const isPlain = isScalar(before) && isScalar(after);
    if ((!isPlain && whatChanged(value) === undefined) || JSON.stringify(before) === JSON.stringify(after)) {
      continue;
    }
    const at = { ...under(spot, second), placeBefore: [...spot.place, first] };
    const labels = spot.labels.length > 0 ? spot.labels : [`${labelOf(first)} and ${second}`];
    return { ...at, path: fieldPath(at.place), labels, before, after };
  }
  return undefined;
}

function compare(before: JsonValue, after: JsonValue, spot: Spot, walk: Walk): void {
  if (Object.is(before, after) || !mayGoOn(walk)) return;
  if (compareInside(before, after, spot, walk)) return;
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  walk.found.push({ ...spot, path: fieldPath(spot.place), before, after });
}

/** Compares what is inside of both; false where that tells nothing and they are to be compared as a whole. */
function compareInside(before: JsonValue, after: JsonValue, spot: Spot, walk: Walk): boolean {
  if (![before, after].every((side) => typeof side === 'object' && side !== null && walk.mayEnter(side)))
    return false;
  if (isJsonObject(before) && isJsonObject(after)) {
    compareObjects(before, after, spot, walk);
    return true;
  }
  const pairs = Array.isArray(before) && Array.isArray(after) ? itemPairs(before, after) : undefined;
  for (const pair of pairs ?? []) {
    compare(pair.before, pair.after, item(spot, pair.index, pair.label), walk);
  }
  return pairs !== undefined;
}

function compareObjects(before: JsonObject, after: JsonObject, spot: Spot, walk: Walk): void {
  const keys = keysOf({ ...before, ...after });
  for (const key of orderedBy(spot.hint?.schema, keys)) {
    const [was, is] = [before, after].map((side) => (Object.hasOwn(side, key) ? side[key] : null) ?? null);
    compare(was ?? null, is ?? null, under(spot, key), walk);
  }
}
