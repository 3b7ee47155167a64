import type { JsonValue } from '@painchain/connector-sdk';

/** One lane of FNV-1a over UTF-16 code units, with a finish that spreads the last of them. */
function lane(text: string, start: number, prime: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), prime);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** JSON in which the order of an object's keys makes no difference, and an absent key is like a null. */
export function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined && member !== null) text += `${JSON.stringify(key)}:${canonical(member)},`;
  }
  return `${text}}`;
}

/**
 * A value in 14 characters, to tell the versions of one thing apart. Not for anything that somebody could gain by
 * making two of them alike, and not for secrets.
 */
export function digestOf(value: JsonValue | undefined): string {
  const text = canonical(value);
  const lanes = [lane(text, 0x811c9dc5, 0x01000193), lane(text, 0x9e3779b9, 0x85ebca6b)];
  return lanes.map((hash) => hash.toString(36).padStart(7, '0')).join('');
}
