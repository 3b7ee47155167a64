import { z } from 'zod';
import {
  type ConfigurationChange,
  type Configured,
  type FieldChange,
  canonical,
  unseen,
} from '../wording/configuration.js';
import { digest } from './digest.js';

/** A value in the state: itself where it is short, else a digest behind a `#`. */
const KeptValue = z.union([z.string().max(48), z.number(), z.boolean(), z.null()]);
type KeptValue = z.infer<typeof KeptValue>;

const KeptThing = z.object({
  name: z.string(),
  fields: z.record(z.string(), KeptValue),
  /** By what it shows whether it is worth asking for in detail. */
  mark: z.string().max(200).optional(),
});
export type KeptThing = z.infer<typeof KeptThing>;

/** By their ids; a list, since a branch may be called like what every object has. */
const KeptThings = z.array(z.tuple([z.string(), KeptThing])).max(100);
type KeptThings = z.infer<typeof KeptThings>;

/** A part of a configuration, such as all of its webhooks, as it is kept. */
export const PartState = z.object({
  etag: z.string().max(200).optional(),
  things: KeptThings,
});
export type PartState = z.infer<typeof PartState>;

/** A thing as it is now, or that it is as it was. */
export type SeenThing = { now: Configured; mark?: string | undefined } | 'same';

/** A part as it is now. */
export interface SeenPart {
  etag: string | undefined;
  things: ReadonlyMap<string, SeenThing>;
  /** All of its things are there: what is missing is gone. */
  complete: boolean;
}

/** What was kept of a part. */
export interface KeptPart {
  etag?: string | undefined;
  things: ReadonlyMap<string, KeptThing>;
}

const shortText = 48;

function keep(value: unknown): KeptValue {
  if (typeof value === 'boolean' || typeof value === 'number' || value === null) return value;
  if (typeof value === 'string' && value.length <= shortText && !value.startsWith('#')) return value;
  return `#${digest(canonical(value), 8)}`;
}

function keepThing({ name, values }: Configured, mark?: string): KeptThing {
  const fields = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, keep(value)]));
  return { name, fields, ...(mark !== undefined && { mark }) };
}

function isDigest(value: KeptValue): boolean {
  return typeof value === 'string' && value.startsWith('#');
}

/** Settings that are missing may not be seen; what else is missing, such as a rule, isn't there. */
function absentIn(part: string): KeptValue {
  return part === 'settings' ? unseen : null;
}

function fieldChanges(part: string, known: KeptThing, { values }: Configured): FieldChange[] {
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
function changeOf<Part extends string>(
  part: Part,
  id: string,
  known: KeptThing | undefined,
  now: Configured | undefined,
  fingerprint: (values: Configured['values']) => string,
): ConfigurationChange<Part> | undefined {
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

/** What has changed in a part since it was kept, thing by thing. */
export function changesOf<Part extends string>(
  part: Part,
  kept: KeptPart,
  seen: SeenPart,
  fingerprint: (values: Configured['values']) => string,
): ConfigurationChange<Part>[] {
  const ids = new Set([...kept.things.keys(), ...seen.things.keys()]);
  return [...ids].flatMap((id) => {
    const thing = seen.things.get(id);
    const known = kept.things.get(id);
    // Of a list that is longer than what is watched, things come and go that were there all the time.
    if (thing === 'same' || (!seen.complete && (!thing || !known))) return [];
    return changeOf(part, id, known, thing?.now, fingerprint) ?? [];
  });
}

export function partOf(state: PartState | undefined): KeptPart | undefined {
  return state && { ...state, things: new Map(state.things) };
}

/** What to keep of a part that was seen. */
export function keepPart(kept: KeptPart | undefined, { etag, things }: SeenPart): PartState {
  const now = [...things].flatMap(([id, thing]): KeptThings => {
    const keeps = thing === 'same' ? kept?.things.get(id) : keepThing(thing.now, thing.mark);
    return keeps ? [[id, keeps]] : [];
  });
  return { ...(etag !== undefined && { etag }), things: now };
}

/** Things of one part that are usually watched: the first ones made. */
const usuallyWatched = 20;

/**
 * As many things of a list as are watched, in an order that stays; undefined where it is none. Where one of them can't
 * be read, or there are more, what is missing need not be gone.
 */
export function watchedThings<Thing extends { id: string }>(
  items: unknown,
  read: (item: unknown) => Thing | undefined,
  more: URL | undefined,
  most = usuallyWatched,
): { things: Thing[]; complete: boolean } | undefined {
  if (!Array.isArray(items)) return undefined;
  const found = items.map(read).filter((thing) => thing !== undefined);
  const ordered = found.sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
  const complete = !more && found.length === items.length && found.length <= most;
  return { things: ordered.slice(0, most), complete };
}
