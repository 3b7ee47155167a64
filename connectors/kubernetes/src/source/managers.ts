import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { KubernetesObject } from '../cluster/cluster.js';
import type { FieldManager } from '../translate/facts.js';

/** As deep as somebody may have made it: it is never walked as a whole. */
const Fields = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const Entry = z.object({
  manager: z.string().default(''),
  operation: z.string().default(''),
  subresource: z.string().optional(),
  time: z.string().optional(),
  fieldsV1: Fields.default({}),
});

/** Who owns which field of an object. An entry that can't be read is left out. */
export function managersOf({ metadata }: KubernetesObject): FieldManager[] {
  const entries = Array.isArray(metadata.managedFields) ? metadata.managedFields : [];
  return entries.flatMap((entry) => {
    const { data } = Entry.safeParse(entry);
    if (data === undefined) return [];
    const { fieldsV1, ...rest } = data;
    return [{ ...rest, fields: fieldsV1 }];
  });
}
