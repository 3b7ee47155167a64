import type { JsonObject, JsonValue } from '@painchain/contract';
import type { Hint } from './hint.js';

/** A field that was one thing and is another. */
export type FoundChange = {
  /** Its name in the query language, as FieldOfEvent has it. */
  path: string;
  /** What people read instead: `Spec`, `Containers`, `api`, `Image`. */
  labels: string[];
  /** The key that says what the sides are. */
  name: string;
  before: JsonValue;
  after: JsonValue;
  hint?: Hint | undefined;
};

/** All changes that an event's data tells, anywhere in it, in reading order. */
export function changesIn(_data: JsonObject, _schema?: JsonObject): FoundChange[] {
  return [];
}

/** What differs between the data of two events, leaf by leaf. */
export function fieldDiff(_before: JsonObject, _after: JsonObject, _schema?: JsonObject): FoundChange[] {
  return [];
}
