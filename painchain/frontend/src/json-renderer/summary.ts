import type { JsonObject, JsonValue } from '@painchain/contract';
import { type Hint, hintForKey, summaryPaths } from './hint.js';
import { fieldPath, type Place } from './places.js';
import { isJsonObject } from './structures.js';
import { labelOf } from './words.js';

export type SummaryField = {
  path: string;
  place: Place;
  name: string;
  label: string;
  value: JsonValue;
  hint: Hint | undefined;
};

/** More than these are no summary. */
const mostFields = 6;

/**
 * The fields that tell the most, as the schema of an event's type names them: `summary: [branch, author.name]`. Those
 * that this event does not have are left out.
 */
export function summaryOf(data: JsonObject, schema: JsonObject | undefined): SummaryField[] {
  return [...new Set(summaryPaths(schema))]
    .map((path) => fieldAt(path.split('.'), data, schema))
    .filter((field) => field !== undefined)
    .slice(0, mostFields);
}

function fieldAt(
  place: string[],
  data: JsonObject,
  schema: JsonObject | undefined,
): SummaryField | undefined {
  let value: JsonValue = data;
  let hint: Hint | undefined = schema && { schema };
  for (const key of place) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key] ?? null;
    hint = hintForKey(hint?.schema, key);
  }
  if (value === null || value === '') return undefined;
  const name = place.at(-1) ?? '';
  return { path: fieldPath(place), place, name, label: hint?.title ?? labelOf(name), value, hint };
}
