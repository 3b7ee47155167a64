import { type JsonObject } from '@painchain/contract';
import { redactSecret } from '@painchain/runtime';
import { settingAt } from './setting-path.js';

/** The schema of a setting inside another one's; undefined where the schema doesn't say. */
function schemaWithin(schema: unknown, key: string): unknown {
  return settingAt(schema, 'properties')
    ? (settingAt(schema, 'properties') as JsonObject)[key]
    : (settingAt(schema, 'items') ?? settingAt(schema, 'additionalProperties'));
}

/**
 * Keeps the secrets of a configuration out of every log and event: all of its texts that the schema does not
 * mark as public, which is what the backend seals, too.
 */
export function redactSecretsOf(config: unknown, schema: unknown): void {
  if (settingAt(schema, 'x-painchain.public') === true) return;
  if (typeof config === 'string') redactSecret(config);
  if (typeof config !== 'object' || config === null) return;
  for (const [key, value] of Object.entries(config)) redactSecretsOf(value, schemaWithin(schema, key));
}
