import type { JsonObject, JsonValue } from '@painchain/contract';
import type { Tone } from '@painchain/contract/tone';

/** What connector.yaml says of one field, as far as it makes sense. Missing or bad hints never break rendering. */
export type Hint = {
  title?: string;
  description?: string;
  format?: string;
  role?: string;
  unit?: string;
  link?: string;
  order?: number;
  collapsed?: boolean;
  /** The kind of correlation key that the value is, such as `commit`. */
  ref?: string;
  /** How the value feels, whatever it is or by its word. */
  tone?: Tone | ReadonlyMap<string, Tone>;
  /** What a text is written in. */
  language?: string;
  /** The words that the value may be. */
  choices?: readonly string[];
  /** The hints of what lies inside: a JSON Schema. */
  schema: JsonObject;
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2_000 ? value : undefined;
}

const tones: readonly Tone[] = ['good', 'bad', 'warning', 'active', 'neutral'];

function isTone(value: JsonValue | undefined): value is Tone {
  return tones.some((tone) => tone === value);
}

function toneOfHint(value: JsonValue | undefined): Hint['tone'] {
  if (isTone(value)) return value;
  if (!isObject(value)) return undefined;
  const words = Object.entries(value).filter((entry): entry is [string, Tone] => isTone(entry[1]));
  return words.length === 0 ? undefined : new Map(words);
}

function wordsOfList(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : undefined;
}

function hintOf(schema: JsonObject): Hint {
  const extra = own(schema, 'x-painchain');
  const order = own(extra, 'order');
  const found = {
    title: text(own(schema, 'title')),
    description: text(own(schema, 'description')),
    format: text(own(schema, 'format')),
    role: text(own(extra, 'role')),
    unit: text(own(extra, 'unit')),
    link: text(own(extra, 'link')),
    order: typeof order === 'number' ? order : undefined,
    collapsed: own(extra, 'collapsed') === true ? true : undefined,
    ref: text(own(extra, 'ref')),
    tone: toneOfHint(own(extra, 'tone')),
    language: text(own(extra, 'language')),
    choices: wordsOfList(own(schema, 'enum')),
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(known) as Omit<Hint, 'schema'>), schema };
}

/** The hint for a key of an object that this schema describes. */
export function hintForKey(schema: JsonObject | undefined, key: string): Hint | undefined {
  const property = own(own(schema, 'properties'), key);
  if (isObject(property)) return hintOf(property);
  const any = own(schema, 'additionalProperties');
  // A title would call all of them the same.
  return isObject(any)
    ? hintOf(Object.fromEntries(Object.entries(any).filter(([name]) => name !== 'title')))
    : undefined;
}

/** The hint for the items of a list that this schema describes. */
export function hintForItems(schema: JsonObject | undefined): Hint | undefined {
  const items = own(schema, 'items');
  return isObject(items) ? hintOf(items) : undefined;
}

/** The fields that tell the most of an event of the type that this schema describes, as dotted paths. */
export function summaryPaths(schema: JsonObject | undefined): string[] {
  return wordsOfList(own(own(schema, 'x-painchain'), 'summary') ?? own(schema, 'summary')) ?? [];
}
