/** The fields that one browser hides: by `connector/type` of an event, their names in the query language. */
type HiddenFields = ReadonlyMap<string, readonly string[]>;

const mostKinds = 200;
const mostFields = 200;
const longest = 300;

/** What events of one kind have in common, and so is hidden in all of them. */
export function kindOf({ connector, type }: { connector: string; type: string | null }): string {
  return `${connector}/${type ?? ''}`;
}

/** Reads what is stored, which may be anything; of that, what makes no sense is left out. */
export function readHidden(text: string | undefined): HiddenFields {
  const found = new Map<string, string[]>();
  for (const [kind, fields] of entriesOf(text)) {
    const names = Array.isArray(fields) ? [...new Set(fields)].filter(isName).slice(0, mostFields) : [];
    if (names.length > 0 && found.size < mostKinds) found.set(kind, names);
  }
  return found;
}

function entriesOf(text: string | undefined): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? Object.entries(parsed)
      : [];
  } catch {
    return [];
  }
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && name.length <= longest;
}

/** The text to store; undefined where nothing is hidden. */
export function writeHidden(hidden: HiddenFields): string | undefined {
  return hidden.size === 0 ? undefined : JSON.stringify(Object.fromEntries(hidden));
}

/** One field more. Where there are too many, the kind that was added first, or the first field of the kind, is let go. */
export function withHidden(hidden: HiddenFields, kind: string, field: string): HiddenFields {
  if (!isName(field)) return hidden;
  const others = (hidden.get(kind) ?? []).filter((each) => each !== field);
  const kinds = [...hidden].filter(([each]) => each !== kind);
  return new Map([...kinds.slice(1 - mostKinds), [kind, [...others, field].slice(-mostFields)]]);
}

/** Without one field of a kind, or without all of them. */
export function withShown(hidden: HiddenFields, kind: string, field?: string): HiddenFields {
  const left = (hidden.get(kind) ?? []).filter((each) => field !== undefined && each !== field);
  return new Map(
    [...hidden].flatMap(([each, fields]): [string, readonly string[]][] =>
      each !== kind ? [[each, fields]] : left.length > 0 ? [[kind, left]] : [],
    ),
  );
}
