import { split } from './pieces.js';
import { type Field, type FieldName, fieldNames, type Test } from './query.js';
import { isTime } from './time.js';

const byName = new Map<string, FieldName>([
  ...fieldNames.map((name) => [name, name] as const),
  ['env', 'environment'],
  ['tags', 'tag'],
  ['author', 'actor'],
  ['user', 'actor'],
  ['repo', 'project'],
]);

/** The field of a name as it is written in a query, without the colon; undefined where there is none. */
export function readField(name: string): Field | undefined {
  const [first = '', ...path] = split(name, '.');
  if (path.length > 0)
    return first.toLowerCase() === 'data' && !hasGap(name) ? { name: 'data', path } : undefined;
  const known = byName.get(first.toLowerCase());
  return known && { name: known };
}

/** Whether nothing, not even a pair of quotes, stands between two dots or behind the last. */
function hasGap(path: string): boolean {
  return /\.(?:\.|$)/.test(path.replaceAll(/"(?:[^\\"]|\\[^])*"/g, '_'));
}

/** The name that may have been meant by one with a slip in it. */
export function nearest(name: string): string | undefined {
  const written = name.toLowerCase();
  const [best] = [...byName.keys()]
    .map((known) => ({ known, distance: distance(written, known) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= written.length / 3 ? best.known : undefined;
}

/** How many letters have to be changed, added or left out to make one word of the other. */
function distance(one: string, other: string): number {
  if (one.length > 2 * other.length) return one.length;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, against] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

const choices: Partial<Record<Field['name'], readonly string[]>> = {
  time_precision: ['exact', 'gap'],
  backfill: ['true', 'false'],
};

/** Why no event could ever pass the test on this field, or undefined where one could. */
export function impossible({ name }: Field, test: Test): string | undefined {
  if (test.kind === 'exists') return undefined;
  const options = choices[name];
  if (options) {
    const isOption = test.kind === 'is' && options.includes(test.value);
    return isOption ? undefined : `${name} is ${options.join(' or ')}.`;
  }
  if (name === 'timestamp' || name === 'received_at') {
    if (test.kind !== 'like' && isTime(test.value)) return undefined;
    return `${name} takes a date or an instant with its zone, such as ${name}:>=2026-01-31 or ${name}:<2026-01-31T10:35:00Z.`;
  }
  if ((name === 'id' || name === 'integration') && test.kind === 'like')
    return `${name} takes whole ids only.`;
  return test.kind === 'compare' ? incomparable(name, test.value) : undefined;
}

function incomparable(name: Field['name'], value: string): string | undefined {
  if (name !== 'data') {
    return `${name} has no order: >, >=, < and <= compare timestamp, received_at and what is in data. To look for the character, quote it.`;
  }
  const isNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) && Number.isFinite(Number(value));
  return isNumber || isTime(value)
    ? undefined
    : 'Only numbers, dates and instants can be compared, such as data.replicas:>=2 or data.due:<2026-01-31.';
}
