import type { JsonObject, JsonValue } from '@painchain/contract';
import { type Hint, hintForKey } from './hint.js';
import type { Place } from './places.js';

export type SummaryField = { place: Place; name: string; value: JsonValue; hint: Hint | undefined };

/** The fields that tell the most, as the schema of an event's type names them: `summary: [branch, author.name]`. */
export function summaryOf(_data: JsonObject, _schema: JsonObject | undefined): SummaryField[] {
  void hintForKey;
  return [];
}
