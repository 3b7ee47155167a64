import { type JsonObject, type JsonValue, limits } from '@painchain/contract';
import { cutLongText, cutText, storableText } from './storable-text.js';

/** How much of a value is kept. A value that is too large is cut anew by the next, tighter one. */
interface Bounds {
  text: number;
  width: number;
  depth: number;
  nodes: number;
}

// Data stands at the fourth level of a batch's body: body, events, event, data.
const deepest = limits.jsonDepth - 4;
const keyLength = 500;

const tighter: readonly Bounds[] = [
  { text: 64 * 1024, width: limits.jsonWidth - 1, depth: deepest, nodes: 50_000 },
  { text: 16 * 1024, width: 2_000, depth: deepest, nodes: 20_000 },
  { text: 4 * 1024, width: 500, depth: deepest, nodes: 5_000 },
  { text: 1024, width: 100, depth: 12, nodes: 1_000 },
  { text: 256, width: 30, depth: 6, nodes: 200 },
  { text: 64, width: 10, depth: 3, nodes: 30 },
];

interface Walk {
  bounds: Bounds;
  nodes: number;
  /** The objects that the current one stands in. */
  above: Set<object>;
}

function storableNumber(value: number): JsonValue {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return String(value);
  return value;
}

/** What a foreign object says it is in JSON; a getter or `toJSON` that throws says nothing. */
function unwrapped(value: object): unknown {
  try {
    return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value;
  } catch {
    return '[unreadable]';
  }
}

function isPrototypePath(key: string, value: unknown): boolean {
  if (key === '__proto__') return true;
  return (
    key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
  );
}

/** A key that is not taken and that no reader of JSON mistakes for a way to a prototype. */
function keyFor(key: string, value: unknown, taken: JsonObject): string {
  let free = cutText(storableText(isPrototypePath(key, value) ? `${key}_` : key), keyLength);
  while (Object.hasOwn(taken, free)) free = `${cutText(free, keyLength)}_`;
  return free;
}

function copyArray(items: readonly unknown[], depth: number, walk: Walk): JsonValue[] {
  const kept: JsonValue[] = [];
  for (const item of items) {
    if (kept.length >= walk.bounds.width || walk.nodes >= walk.bounds.nodes) {
      return [...kept, `… [${items.length - kept.length} more cut]`];
    }
    kept.push(copy(item, depth + 1, walk) ?? null);
  }
  return kept;
}

function copyObject(value: object, depth: number, walk: Walk): JsonObject {
  const result: JsonObject = {};
  const keys = Object.keys(value);
  for (const [index, key] of keys.entries()) {
    if (index >= walk.bounds.width || walk.nodes >= walk.bounds.nodes) {
      result['…'] = `[${keys.length - index} more cut]`;
      return result;
    }
    const inner = (value as Record<string, unknown>)[key];
    const copied = copy(inner, depth + 1, walk);
    if (copied !== undefined) result[keyFor(key, inner, result)] = copied;
  }
  return result;
}

function copy(foreign: unknown, depth: number, walk: Walk): JsonValue | undefined {
  const value = typeof foreign === 'object' && foreign !== null ? unwrapped(foreign) : foreign;
  walk.nodes += 1;
  if (typeof value === 'string') return cutLongText(storableText(value), walk.bounds.text);
  if (typeof value === 'number') return storableNumber(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return undefined;
  if (depth > walk.bounds.depth) return '… [too deep, cut]';
  if (walk.above.has(value)) return '… [contains itself, cut]';
  walk.above.add(value);
  const copied = Array.isArray(value) ? copyArray(value, depth, walk) : copyObject(value, depth, walk);
  walk.above.delete(value);
  return copied;
}

/** The UTF-8 bytes of a value's JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * Any foreign object as JSON that the backend stores: within its depth, width and `maxBytes`, with numbers that
 * lose nothing (others become texts), and with a marker wherever something was cut. The same object always
 * gives the same result.
 */
export function storableJson(foreign: object, maxBytes: number): JsonObject {
  const value = Array.isArray(foreign) ? { items: foreign } : foreign;
  for (const bounds of tighter) {
    const copied = copy(value, 1, { bounds, nodes: 0, above: new Set() });
    const result =
      typeof copied === 'object' && copied !== null && !Array.isArray(copied)
        ? copied
        : { value: copied ?? null };
    if (jsonBytes(result) <= maxBytes) return result;
  }
  return { '…': 'too large, cut' };
}
