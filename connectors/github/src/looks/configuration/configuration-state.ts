import { digest } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type Configured, canonical, fingerprint, unseen } from '../../translate/configured.js';
import type { ConfigurationChange, ConfigurationPart, FieldChange } from '../../translate/configuration.js';

/** A value in the state: itself where it is short, else a digest behind a `#`. */
const KeptValue = z.union([z.string().max(48), z.number(), z.boolean(), z.null()]);
type KeptValue = z.infer<typeof KeptValue>;

export const KeptThing = z.object({
  name: z.string(),
  fields: z.record(z.string(), KeptValue),
  /** By what it shows whether it is worth asking for in detail. */
  mark: z.string().max(200).optional(),
});
export type KeptThing = z.infer<typeof KeptThing>;

/** By their ids; a list, since a branch may be called like what every object has. */
export const KeptThings = z.array(z.tuple([z.string(), KeptThing])).max(100);
export type KeptThings = z.infer<typeof KeptThings>;

const shortText = 48;

function keep(value: unknown): KeptValue {
  if (typeof value === 'boolean' || typeof value === 'number' || value === null) return value;
  if (typeof value === 'string' && value.length <= shortText && !value.startsWith('#')) return value;
  return `#${digest(canonical(value), 8)}`;
}

export function keepThing({ name, values }: Configured, mark?: string): KeptThing {
  const fields = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, keep(value)]));
  return { name, fields, ...(mark !== undefined && { mark }) };
}

function isDigest(value: KeptValue): boolean {
  return typeof value === 'string' && value.startsWith('#');
}

/** Settings that are missing may not be seen; what else is missing, such as a rule, isn't there. */
function absentIn(part: ConfigurationPart): KeptValue {
  return part === 'settings' ? unseen : null;
}

function fieldChanges(part: ConfigurationPart, known: KeptThing, { values }: Configured): FieldChange[] {
  const absent = absentIn(part);
  const fields = [...new Set([...Object.keys(values), ...Object.keys(known.fields)])];
  return fields.flatMap((field) => {
    const after = Object.hasOwn(values, field) ? values[field] : absent;
    const before = Object.hasOwn(known.fields, field) ? (known.fields[field] ?? null) : absent;
    const now = keep(after);
    if (before === now || before === unseen || now === unseen) return [];
    return [isDigest(before) ? { field, after } : { field, before, after }];
  });
}

/** What became of one thing; undefined where it is as it was. */
export function changeOf(
  part: ConfigurationPart,
  id: string,
  known: KeptThing | undefined,
  now: Configured | undefined,
): ConfigurationChange | undefined {
  if (now === undefined) {
    return known && { part, id, name: known.name, how: 'deleted', after: '', fields: [] };
  }
  const thing = { part, id, name: now.name, after: fingerprint(now.values) };
  if (known === undefined) {
    const told = Object.entries(now.values).filter(([, value]) => value !== unseen && value !== null);
    return { ...thing, how: 'created', fields: told.map(([field, after]) => ({ field, after })) };
  }
  const fields = fieldChanges(part, known, now);
  return fields.length === 0 ? undefined : { ...thing, how: 'changed', fields };
}
