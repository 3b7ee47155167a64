import { any, type Field, fieldNames, type Place, print, printField, type Span } from '@painchain/query';
import { has, readQuery } from '../../address/conditions.js';

/** Something that can stand where something is being typed. */
export type Completion = {
  kind: 'field' | 'operator' | 'value';
  label: string;
  hint?: string;
  insert: string;
  span: Span;
};

/** What is known of the events there are. */
export type Known = {
  fields: readonly { field: string; kind: string }[];
  values: readonly { value: string; count: number }[];
};

const mostChoices = 50;
/** Those that people ask for; the others follow once they are typed. */
const frequent = fieldNames.slice(0, fieldNames.indexOf('title'));
const instants = new Set<Field['name']>(['timestamp', 'received_at']);
/** Each event has its own, or they are too many to choose from. */
const uncounted = new Set<Field['name']>(['timestamp', 'received_at', 'id']);
const wholeOnly = new Set<Field['name']>([...instants, 'id', 'integration', 'time_precision', 'backfill']);

/** What can stand at a place in a text. */
export function completionsAt(text: string, place: Place, known: Known): Completion[] {
  const found = place.kind === 'value' ? valuesAt(text, place, known) : namesAt(text, place, known);
  return found.slice(0, mostChoices);
}

function namesAt(text: string, place: Place, known: Known): Completion[] {
  if (place.kind === 'text') return [];
  const { typed, span } = place;
  const field = (name: string, hint?: string): Completion => ({
    kind: 'field',
    label: name,
    insert: `${name}:`,
    span,
    ...(hint !== undefined && { hint }),
  });
  const paths = known.fields.flatMap(({ field: name, kind }) =>
    name.startsWith('data.') ? [field(name, kind)] : [],
  );
  if (typed === '') {
    return [...frequent.map((name) => field(name)), ...operatorsAt(text, place), ...paths];
  }
  const fields = [...fieldNames.map((name) => field(name)), ...paths];
  return [...operatorsAt(text, place), ...matching(fields, typed)];
}

/** Those that begin with what is typed before those that only contain it. */
function matching(fields: Completion[], typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const places = fields.map((each) => ({
    each,
    at: each.label.replaceAll('"', '').toLowerCase().indexOf(wanted),
  }));
  const begin = places.filter(({ at }) => at === 0);
  // Nearly every name has a given letter somewhere.
  if (typed.length === 1) return begin.map(({ each }) => each);
  return [...begin, ...places.filter(({ at }) => at > 0)].map(({ each }) => each);
}

const operators = [
  ['OR', 'one of both'],
  ['AND', 'both'],
  ['NOT', 'everything else'],
] as const;

function operatorsAt(text: string, { typed, span }: Place): Completion[] {
  const before = text.slice(0, span.from).trimEnd();
  if (text[span.from - 1] === '-') return [];
  // Both need a condition in front of them.
  const isBehind = before !== '' && !/[(]$|(?:^|[\s(])(?:AND|OR|NOT)$/.test(before);
  return operators
    .filter(([word]) => word.startsWith(typed.toUpperCase()) && (isBehind || word === 'NOT'))
    .map(([word, hint]) => ({ kind: 'operator', label: word, hint, insert: `${word} `, span }));
}

function valuesAt(text: string, place: Place & { kind: 'value' }, { values }: Known): Completion[] {
  const { field, typed, span } = place;
  const sign = (label: string, hint: string): Completion => ({
    kind: 'operator',
    label,
    hint,
    insert: label,
    span,
  });
  const isCompared = /[<>=]$/.test(text.slice(0, span.from));
  if (instants.has(field.name)) {
    return typed === '' && !isCompared ? comparisons.map(([label, hint]) => sign(label, hint)) : [];
  }
  if (isCompared) return [];
  const wanted = typed.replaceAll('*', '').toLowerCase();
  const isList = !text.slice(0, span.from).endsWith(':');
  const end = ending(text, span);
  const found = values
    .filter(({ value }) => value.toLowerCase().includes(wanted))
    .map(({ value, count }): Completion => ({
      kind: 'value',
      label: value,
      hint: count.toLocaleString('en'),
      insert: valueText(field, value, isList) + end,
      span,
    }));
  if (typed === '') {
    const isNumber =
      field.name === 'data' && values.length > 0 && values.every(({ value }) => isNumeric(value));
    const more = isNumber && !isList ? comparisons.map(([label, hint]) => sign(label, hint)) : [];
    return [...found, { ...sign('*', 'has any value'), insert: `*${end}` }, ...more];
  }
  const begins = valueText(field, typed, isList);
  const isPattern = wholeOnly.has(field.name) || typed.includes('*') || begins.startsWith('"');
  return isPattern ? found : [...found, { ...sign(`${typed}*`, 'begins so'), insert: `${begins}*${end}` }];
}

const comparisons = [
  ['>=', 'at least'],
  ['>', 'more than'],
  ['<=', 'at most'],
  ['<', 'less than'],
] as const;

function isNumeric(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

/** A value as it is written behind the field's colon, or in a list of values. */
function valueText(field: Field, value: string, isList: boolean): string {
  const name = `${printField(field)}:`;
  if (!isList) return print(has(field, value)).slice(name.length);
  return print(any([has(field, value), has(field, '0')])).slice(name.length + 1, -' OR 0)'.length);
}

/** A space, where another condition can follow right away. */
function ending(text: string, { to }: Span): string {
  return /^[\s)]/.test(text.slice(to)) ? '' : ' ';
}

/** The text and the cursor once a completion is accepted. */
export function accepted(text: string, { insert, span }: Completion): { text: string; cursor: number } {
  return {
    text: text.slice(0, span.from) + insert + text.slice(span.to),
    cursor: span.from + insert.length,
  };
}

/** What has to be known to complete at a place. `q`: the rest of the query, when it can be read. */
export type Question =
  | { kind: 'fields'; prefix: string; q?: string }
  | { kind: 'values'; field: string; contains?: string; q?: string };

const longestContains = 100;

export function questionAt(text: string, place: Place): Question | undefined {
  const q = otherConditions(text, place);
  if (place.kind !== 'value') {
    if (place.kind !== 'field') return undefined;
    const written = text.slice(place.span.from, place.span.to);
    const isPath = /^data\.[\w.]*$/.test(written);
    return { kind: 'fields', prefix: isPath ? `data.${place.typed.slice(5)}` : 'data.', ...q };
  }
  if (uncounted.has(place.field.name) || /[<>=]$/.test(text.slice(0, place.span.from))) return undefined;
  const contains = place.typed
    .split('*')
    .reduce((long, each) => (each.length > long.length ? each : long), '');
  return {
    kind: 'values',
    field: printField(place.field),
    ...(contains !== '' && { contains: contains.slice(0, longestContains) }),
    ...q,
  };
}

/** The query without what is being typed; whatever is still open in it is closed. */
function otherConditions(text: string, { kind, span }: Place): { q?: string } {
  const isNamed = kind === 'field' && text[span.to - 1] === ':' && span.to > span.from;
  if (isNamed) return {};
  const before = text.slice(0, span.from);
  // Values of the field itself are left out of its counts; any value stands for the one to come.
  const rest = `${kind === 'value' ? before : before.replace(/-+$/, '')}*${text.slice(span.to)}`;
  for (const end of ['', ')', '))', ')))']) {
    const reading = readQuery(rest + end);
    if ('fault' in reading) continue;
    const q = print(reading.query);
    return q === '' ? {} : { q };
  }
  return {};
}
