import type { SourceEvent } from '../connector.js';
import { digestOf } from './digest.js';
import type { Home } from './home.js';
import { type Sighting, type When, windowData } from './sighting.js';
import { counted } from './words.js';

/** A thing that a repository or project is configured with, as it is now. */
export interface Configured {
  id: string;
  name: string;
  values: Readonly<Record<string, unknown>>;
}

/** Stands for a value that this credential may not see, so that a change of its rights is no change of the value. */
export const unseen = '?';

/** No setting is made of more boxes in boxes than this; what is deeper must not break whoever walks through it. */
const deepest = 12;

function sortedObject(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((inner) => sortedObject(inner, depth + 1));
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedObject(inner, depth + 1)]));
}

/** Equal texts for equal values, whatever order they come in. */
export function canonical(value: unknown): string {
  return JSON.stringify(sortedObject(value)) ?? 'null';
}

/** A digest that tells a configuration from every other: of all that is seen, but for what only some may see. */
export function fingerprint(values: Configured['values'], seenBySome: readonly string[] = []): string {
  const shared = Object.entries(values).filter(
    ([key, value]) => value !== unseen && !seenBySome.includes(key),
  );
  return digestOf(canonical(Object.fromEntries(shared)));
}

/** A field that has changed. */
export interface FieldChange {
  field: string;
  /** Absent where no more than a digest of it was kept. */
  before?: unknown;
  after: unknown;
}

/** A change of one thing that something is configured with. */
export interface ConfigurationChange<Part extends string> {
  part: Part;
  /** What stays when it is renamed; empty for the settings, which there is one of. */
  id: string;
  name: string;
  how: 'created' | 'changed' | 'deleted';
  /** A digest of what it became; empty when deleted. */
  after: string;
  fields: readonly FieldChange[];
  url?: string | undefined;
}

const namedFields = 3;

function titleOf(words: string, { name, how, fields }: ConfigurationChange<string>): string {
  const what = name === '' ? words : `${words} ${name}`;
  if (how !== 'changed' || fields.length === 0) return `${what} ${how}`;
  const names = fields.slice(0, namedFields).map(({ field }) => field.replaceAll('_', ' '));
  const more = fields.length - names.length;
  return `${what} changed: ${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more field')}` : ''}`;
}

/** Values beside each other where both are known; else only what is there now. */
function valuesOf(fields: readonly FieldChange[]): object {
  const pick = (side: 'before' | 'after', known: boolean) =>
    Object.fromEntries(
      fields.filter((change) => 'before' in change === known).map((change) => [change.field, change[side]]),
    );
  const [before, after, now] = [pick('before', true), pick('after', true), pick('after', false)];
  return {
    ...(Object.keys(before).length > 0 && { before, after }),
    ...(Object.keys(now).length > 0 && { now }),
  };
}

/** What was seen beside the change itself. */
export interface ChangeSeen {
  when: When;
  actor?: string | undefined;
  sighting: Sighting;
}

/** How the parts of a configuration are spoken of. */
export interface PartWords<Part extends string> {
  /** What to call each of them. */
  names: Readonly<Record<Part, string>>;
  /** Parts whose things may be renamed: their subject is their id. */
  renamable: readonly Part[];
  /** The part whose things are called like environments. */
  environment: Part;
}

/** A change of how something is configured, as one event. */
export function configurationChangeEvent<Part extends string>(
  change: ConfigurationChange<Part>,
  { names, renamable, environment }: PartWords<Part>,
  home: Home,
  { when, actor, sighting }: ChangeSeen,
): SourceEvent {
  const { part, id, name, how, after, fields, url } = change;
  const { host, project } = home;
  const again = sighting.again === undefined ? [] : [sighting.again];
  const place = renamable.includes(part) ? id : name;
  return {
    key_parts: [
      host,
      'configuration',
      String(home.id),
      part,
      ...(id === '' ? [] : [id]),
      how === 'deleted' ? how : after,
      ...again,
    ],
    title: titleOf(names[part], change),
    type: 'configuration_changed',
    project,
    ...when,
    ...(actor !== undefined && { actor }),
    ...(url !== undefined && { url }),
    subject: `${project}/configuration/${part}${place === '' ? '' : `/${place}`}`,
    ...(part === environment && { refs: [`env:${name}`] }),
    data: {
      what: part,
      ...(name !== '' && { name }),
      change: how,
      ...(how === 'changed' && { fields: fields.map(({ field }) => field) }),
      ...valuesOf(fields),
      ...windowData(sighting),
    },
  };
}
