import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { type Answer, refused } from './answer.js';
import type { Manager } from './managed-fields.js';
import type { ServedKind } from './served-kinds.js';
import { ConflictError, type Store, type Written } from './store.js';
import type { Target } from './target.js';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: what is null goes, objects are merged, everything else takes the other's place. */
function merged(object: JsonObject, patch: JsonObject): JsonObject {
  const result = { ...object };
  for (const [key, value] of Object.entries(patch)) {
    const own = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merged(isObject(own) ? own : {}, value) : value;
  }
  return result;
}

function written(target: Target, kind: ServedKind, body: JsonObject): Written {
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const place = target.namespace === undefined ? {} : { namespace: target.namespace };
  const name = target.name ?? (metadata.name as string);
  return { ...body, kind: kind.kind, metadata: { ...metadata, ...place, name } };
}

/** A request that reads or writes one object. */
export function ofOne(store: Store, target: Target, kind: ServedKind, body: JsonObject, by: Manager): Answer {
  const { verb, namespace, name = '', plural } = target;
  const known = store.get(kind, namespace, name);
  if (verb !== 'create' && !known) return refused(404, `${plural} "${name}" not found`);
  try {
    if (verb === 'create') return { status: 201, body: store.create(written(target, kind, body), by) };
    if (verb === 'delete') return { status: 200, body: store.delete(kind.kind, name, namespace) };
    if (verb === 'get' || !known) return { status: 200, body: known ?? {} };
    const next = verb === 'patch' ? merged(known, body) : body;
    return { status: 200, body: store.update(written(target, kind, next), by) };
  } catch (error) {
    if (error instanceof ConflictError) return refused(409, error.message);
    throw error;
  }
}
