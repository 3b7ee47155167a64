import type { JsonObject, JsonValue } from '@painchain/contract';
import { renderLimits } from './limits.js';
import { fieldPath, type Place } from './places.js';
import { keysOf } from './structures.js';

/** The hidden fields that this data has, by path, each once; what lies inside of a hidden field counts with it. */
export function hiddenIn(data: JsonObject, isHidden: (path: string) => boolean): string[] {
  const found = new Set<string>();
  let left: number = renderLimits.nodes;
  const look = (value: JsonValue, place: Place) => {
    if (typeof value !== 'object' || value === null || place.length > renderLimits.depth) return;
    const inside = Array.isArray(value) ? value.slice(0, renderLimits.items) : undefined;
    inside?.forEach((item, index) => look(item, [...place, index]));
    const object = value as JsonObject;
    for (const key of inside ? [] : keysOf(object)) {
      if ((left -= 1) < 0) return;
      const path = fieldPath([...place, key]);
      if (isHidden(path)) found.add(path);
      else look(object[key] ?? null, [...place, key]);
    }
  };
  look(data, []);
  return [...found];
}
