import type { JsonValue, SealedSecret } from '@painchain/contract';

/** A secret never comes out: in its place stands whether it is set, since when, and perhaps how it ends. */
export function sealedSecretOf(value: JsonValue): SealedSecret | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { set, updated_at, last4, ...others } = value;
  if (typeof set !== 'boolean' || typeof updated_at !== 'string' || Object.keys(others).length > 0)
    return undefined;
  return { set, updated_at, ...(typeof last4 === 'string' && { last4 }) };
}
