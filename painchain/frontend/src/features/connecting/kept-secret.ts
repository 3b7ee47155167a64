import type { JsonValue } from '@painchain/contract';
import { isObject } from './json.js';

/** What is known of a secret that is stored and never comes back. */
export type Kept = { last4?: string | undefined; updatedAt: string };

// In the text of a field a kept secret moves along with its item, whatever is done to the list around it. The first
// letter is for private use, so that nobody has typed it.
const sign = '\uE000';

function asText({ last4, updatedAt }: Kept): string {
  return `${sign}${JSON.stringify({ last4, updatedAt })}`;
}

/** The secret that stands behind a field's text, if the text is not what somebody typed. */
export function keptOf(text: unknown): Kept | undefined {
  return typeof text === 'string' && text.startsWith(sign)
    ? (JSON.parse(text.slice(sign.length)) as Kept)
    : undefined;
}

/** A shown configuration as it is edited: markers of secrets become texts, and those that are not set are gone. */
export function editable(shown: JsonValue): JsonValue | undefined {
  if (Array.isArray(shown)) return shown.map((item) => editable(item) ?? null);
  if (!isObject(shown)) return shown;
  const { set, updated_at: updatedAt, last4 } = shown;
  if (typeof set === 'boolean' && typeof updatedAt === 'string') {
    return set ? asText({ updatedAt, ...(typeof last4 === 'string' && { last4 }) }) : undefined;
  }
  const members = Object.entries(shown).flatMap(([key, value]) => {
    const member = editable(value);
    return member === undefined ? [] : [[key, member] as const];
  });
  return Object.fromEntries(members);
}

/** An edited configuration as it is sent: a secret that is left out keeps its value. */
export function sendable(edited: JsonValue): JsonValue | undefined {
  if (keptOf(edited)) return undefined;
  if (Array.isArray(edited)) return edited.map((item) => sendable(item) ?? null);
  if (!isObject(edited)) return edited;
  const members = Object.entries(edited).flatMap(([key, value]) => {
    const member = sendable(value);
    return member === undefined ? [] : [[key, member] as const];
  });
  return Object.fromEntries(members);
}
