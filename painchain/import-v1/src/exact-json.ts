import type { JsonObject } from '@painchain/contract';

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads JSON as PostgreSQL writes it. A number that JavaScript would change, such as an id of 18 digits, becomes a text:
 * what v1 had stored is worth more than its type. Texts may be of any length, which they may not for one expression.
 */
export function readExactly(json: string): JsonObject {
  const pieces: string[] = [];
  for (let at = 0; at < json.length;) {
    const quote = json.indexOf('"', at);
    const text = quote < 0 ? json.length : quote;
    const end = endOfText(json, text);
    const between = json.slice(at, text);
    pieces.push(
      between.replaceAll(number, (part) => (isExact(part) ? part : `"${part}"`)),
      json.slice(text, end),
    );
    at = end;
  }
  return JSON.parse(pieces.join('')) as JsonObject;
}

function endOfText(json: string, begin: number): number {
  for (let at = json.indexOf('"', begin + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let before = at;
    while (json[before - 1] === '\\') before -= 1;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return json.length;
}

function isExact(digits: string): boolean {
  if (/^-?\d{1,15}$/.test(digits)) return true;
  const value = Number(digits);
  if (!Number.isFinite(value)) return false;
  return Number.isInteger(value) ? Number.isSafeInteger(value) : digits.length <= 17;
}
