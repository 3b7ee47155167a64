import type { JsonObject, JsonValue } from '@painchain/contract';
import { sealedSecretOf } from '../../components/sealed-secret.js';
import { isObject } from './json.js';

/** What is known of a secret that is stored and never comes back. */
export type Kept = { last4?: string; updatedAt: string };

// In the text of a field a kept secret moves along with its item, whatever is done to the list around it. The first
// letter is for private use, so that nobody has typed it.
const sign = '\uE000';

/** The secret that stands behind a field's text, if the text is not what somebody typed. */
export function keptOf(text: unknown): Kept | undefined {
  if (typeof text !== 'string' || !text.startsWith(sign)) return undefined;
  const [updatedAt = '', last4] = text.slice(sign.length).split(sign);
  return { updatedAt, ...(last4 !== undefined && { last4 }) };
}

/** A shown configuration as it is edited: markers of secrets become texts, and those that are not set are gone. */
export function editable(shown: JsonValue): JsonValue | undefined {
  const secret = sealedSecretOf(shown);
  if (secret) {
    const { set, updated_at, last4 } = secret;
    return set ? `${sign}${updated_at}${last4 === undefined ? '' : `${sign}${last4}`}` : undefined;
  }
  if (Array.isArray(shown)) return shown.map((item) => editable(item) ?? null);
  if (!isObject(shown)) return shown;
  const members = Object.entries(shown).flatMap(([key, value]) => {
    const member = editable(value);
    return member === undefined ? [] : [[key, member] as const];
  });
  return Object.fromEntries(members);
}

/**
 * An edited configuration as it is sent: a secret that is kept goes back as it was shown, so that it is told where there
 * is none to keep, and one that is no longer there is removed.
 */
export function sendable(edited: JsonObject, before: JsonObject): JsonObject {
  const sent = Object.entries(edited).map(([key, value]) => {
    const known = before[key];
    return [key, sendableValue(value, isObject(known) ? known : {})] as const;
  });
  const removed = Object.entries(before)
    .filter(([key, value]) => keptOf(value) && !Object.hasOwn(edited, key))
    .map(([key]) => [key, null] as const);
  return Object.fromEntries([...sent, ...removed]);
}

function sendableValue(value: JsonValue, before: JsonObject): JsonValue {
  const kept = keptOf(value);
  if (kept) {
    const { updatedAt, last4 } = kept;
    return { set: true, updated_at: updatedAt, ...(last4 !== undefined && { last4 }) };
  }
  if (Array.isArray(value)) return value.map((item) => sendableValue(item, {}));
  return isObject(value) ? sendable(value, before) : value;
}
