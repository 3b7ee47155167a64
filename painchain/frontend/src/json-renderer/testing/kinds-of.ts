import type { JsonObject, JsonValue } from '@painchain/contract';
import { detect } from '../detect.js';
import { type Hint, hintForItems, hintForKey } from '../hint.js';
import type { Kind } from '../kind.js';
import { keysOf, isJsonObject } from '../structures.js';

type Found = { keys: readonly string[]; kind: Kind; value: JsonValue };

/** What each value of a foreign document is taken for, in reading order. */
export function* kindsOf(document: JsonObject, schema?: JsonObject): Generator<Found> {
  for (const key of keysOf(document)) yield* kindsIn([key], document[key] ?? null, hintForKey(schema, key));
}

function* kindsIn(keys: readonly string[], value: JsonValue, hint: Hint | undefined): Generator<Found> {
  const kind = detect(keys.at(-1) ?? '', value, hint);
  yield { keys, kind, value };
  if (Array.isArray(value)) {
    const items = hintForItems(hint?.schema);
    for (const item of value) yield* kindsIn(keys, item, items);
  } else if (isJsonObject(value)) {
    for (const key of keysOf(value))
      yield* kindsIn([...keys, key], value[key] ?? null, hintForKey(hint?.schema, key));
  }
}

/**
 * One line for each field, `head_commit.timestamp: time`, with all the kinds that its values have. Of a long path the
 * last two keys stand for all, since nothing above them has a say.
 */
export function goldenOf(documents: Iterable<JsonObject>, schema?: JsonObject): string {
  const lines = new Map<string, Set<Kind>>();
  for (const document of documents) {
    for (const { keys, kind } of kindsOf(document, schema)) {
      const path = keys.slice(-2).join('.');
      const kinds = lines.get(path) ?? new Set();
      lines.set(path, kinds.add(kind));
    }
  }
  return [...lines]
    .map(([path, kinds]) => `${path}: ${[...kinds].sort().join(' ')}\n`)
    .sort()
    .join('');
}
