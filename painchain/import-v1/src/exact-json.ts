import type { JsonObject } from '@painchain/contract';

const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON as PostgreSQL writes it. A number that JavaScript would change, such as an id of 18 digits, becomes a text:
 * what v1 had stored is worth more than its type.
 */
export function readExactly(json: string): JsonObject {
  const kept = json.replaceAll(textOrNumber, (part) =>
    part.startsWith('"') || isExact(part) ? part : `"${part}"`,
  );
  return JSON.parse(kept) as JsonObject;
}

function isExact(digits: string): boolean {
  if (/^-?\d{1,15}$/.test(digits)) return true;
  const value = Number(digits);
  if (!Number.isFinite(value)) return false;
  return Number.isInteger(value) ? Number.isSafeInteger(value) : digits.length <= 17;
}
