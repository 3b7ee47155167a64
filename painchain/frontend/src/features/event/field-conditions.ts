import { all, any, type Field, not, readField } from '@painchain/query';
import { and, type Edit, excluded, has, only, withoutField } from '../../address/conditions.js';
import type { FieldOfEvent } from '../../json-renderer/render-context.js';

const mostValues = 20;
const longest = 300;

/** What can be asked of a field: that it is one of its values. */
export type Askable = { field: Field; values: string[] };

/** Undefined where no condition can be put on the field: it has no value, or one that nobody would write. */
export function askableOf({ queryField, value }: FieldOfEvent): Askable | undefined {
  const field = queryField === undefined ? undefined : readField(queryField);
  const given = Array.isArray(value) ? value : [value];
  const values = [...new Set(given.filter((each) => each !== null).map(String))];
  const isShort = values.every((each) => each !== '' && each.length <= longest && !/[\r\n]/.test(each));
  return field && isShort && values.length > 0 && values.length <= mostValues ? { field, values } : undefined;
}

/** Only events that have this value; of a list, any of its values. */
export function onlyThis({ field, values }: Askable): Edit {
  const [first = '', ...others] = values;
  if (others.length === 0) return only(field, first);
  return (query) => all([withoutField(field)(query), any(values.map((value) => has(field, value)))]);
}

/** Without the events that have this value; of a list, any of its values. */
export function withoutThis({ field, values }: Askable): Edit {
  const [first = '', ...others] = values;
  if (others.length === 0) return excluded(field, first);
  return and(not(any(values.map((value) => has(field, value)))));
}

/** The value as text, to be copied. */
export function textOf({ value }: Pick<FieldOfEvent, 'value'>): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
