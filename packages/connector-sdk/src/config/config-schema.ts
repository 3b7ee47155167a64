import type { JsonObject } from '@painchain/contract';
import { z } from 'zod';

const mark = { 'x-painchain': { public: true } };

/** Marks a setting as one that may be shown. Everything that is not marked is sealed and never returned. */
export function publicSetting<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), ...mark });
}

/** A connector's configuration as the JSON Schema that its `connector.yaml` carries as `config_schema`. */
export function configSchemaOf(schema: z.ZodType): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return JSON.parse(JSON.stringify(rest)) as JsonObject;
}
