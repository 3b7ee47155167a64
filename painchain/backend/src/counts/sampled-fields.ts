import { type Fields, type JsonValue, timestampFault } from '@painchain/contract';

type FieldView = Fields['fields'][number];
type Kind = FieldView['kind'];

const depthMax = 6;
// So many different paths fit into some megabytes.
const pathsMax = 5_000;
const examplesMax = 5;
const exampleCharactersMax = 80;
// Of these the most frequent become the examples.
const examplesRemembered = 50;

interface Found {
  count: number;
  kinds: Map<Kind, number>;
  examples: Map<string, number>;
}

/** Gathers which fields the events of a sample have, how often and what kind of values. */
export class SampledFields {
  readonly #found = new Map<string, Found>();

  /** `isWanted` is asked for each name; `nameOf` gives the name of a place in the data. */
  constructor(
    private readonly isWanted: (name: string) => boolean,
    private readonly nameOf: (path: readonly string[]) => string,
  ) {}

  addOwn(own: Record<string, JsonValue>): void {
    for (const [name, value] of Object.entries(own)) this.#add(name, [value].flat());
  }

  addData(data: JsonValue): void {
    const byPath = new Map<string, { path: string[]; values: JsonValue[] }>();
    gather(data, [], byPath);
    for (const { path, values } of byPath.values()) this.#add(this.nameOf(path), values);
  }

  /** Those in the most events first. */
  list(): FieldView[] {
    return Array.from(this.#found, ([field, { count, kinds, examples }]) => ({
      field,
      kind: mostFrequent(kinds)[0] ?? 'text',
      count,
      examples: mostFrequent(examples).slice(0, examplesMax),
    })).sort((a, b) => b.count - a.count || (a.field < b.field ? -1 : 1));
  }

  /** What one event has at one place: several values where arrays were entered. */
  #add(name: string, values: readonly JsonValue[]): void {
    const known = values.filter(isScalar);
    if (known.length === 0 || !this.isWanted(name)) return;
    const found = this.#foundAt(name);
    if (!found) return;
    found.count++;
    for (const kind of new Set(known.map(kindOf))) increase(found.kinds, kind);
    for (const example of new Set(known.map(String))) {
      const isShort = example.length > 0 && example.length <= exampleCharactersMax;
      const isKnown = found.examples.has(example) || found.examples.size < examplesRemembered;
      if (isShort && isKnown) increase(found.examples, example);
    }
  }

  #foundAt(name: string): Found | undefined {
    const known = this.#found.get(name);
    if (known || this.#found.size === pathsMax) return known;
    const found: Found = { count: 0, kinds: new Map(), examples: new Map() };
    this.#found.set(name, found);
    return found;
  }
}

type Scalar = string | number | boolean;

function isScalar(value: JsonValue): value is Scalar {
  return value !== null && typeof value !== 'object';
}

/** All scalars by the keys that lead to them. Arrays are entered, and those in them for scalars, as conditions do. */
function gather(
  value: JsonValue,
  path: readonly string[],
  byPath: Map<string, { path: string[]; values: JsonValue[] }>,
): void {
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => (Array.isArray(item) ? item.filter(isScalar) : [item]));
    for (const item of items) gather(item, path, byPath);
  } else if (value !== null && typeof value === 'object') {
    if (path.length === depthMax) return;
    for (const [key, inner] of Object.entries(value)) gather(inner, [...path, key], byPath);
  } else {
    const id = JSON.stringify(path);
    const known = byPath.get(id);
    if (known) known.values.push(value);
    else byPath.set(id, { path: [...path], values: [value] });
  }
}

function kindOf(value: Scalar): Kind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return timestampFault(value) === undefined ? 'time' : 'text';
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFrequent<Key extends string>(counts: ReadonlyMap<Key, number>): Key[] {
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([key]) => key);
}
