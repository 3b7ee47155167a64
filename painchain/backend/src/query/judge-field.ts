import type { FieldName, Query, Test } from '@painchain/query';
import { decodeId, type IdPrefix } from '../database/opaque-id.js';
import { type Condition, known } from './conditions.js';
import { judgeData } from './data-field.js';
import { isStorable } from './storable.js';
import {
  anyOfTexts,
  asTyped,
  type Fold,
  type Judge,
  listField,
  proseField,
  textField,
} from './text-field.js';
import { timeField } from './time-field.js';

export type FieldQuery = Extract<Query, { kind: 'field' }>;

const inLowerCase: Fold = (typed) => typed.toLowerCase();
const commit = /^commit:(?:[0-9a-f]{7,64}|[0-9a-f]*%[0-9a-f%]*)$/i;

/** Fields that are a column with a text. Those that are stored in one form bring what was typed to it. */
const texts = {
  connector: inLowerCase,
  project: asTyped,
  type: asTyped,
  status: inLowerCase,
  actor: asTyped,
  environment: asTyped,
  severity: asTyped,
  subject: asTyped,
  key: asTyped,
} satisfies Partial<Record<FieldName, Fold>>;

const judges: Record<Exclude<FieldName, keyof typeof texts>, Judge> = {
  tag: listField('e.tags'),
  ref: listField('e.refs', storedRef),
  title: proseField('e.title'),
  url: proseField('e.url'),
  id: idField('evt', 'e.seq'),
  integration: idField('int', 'e.integration_id'),
  timestamp: timeField('e.timestamp'),
  received_at: timeField('e.received_at'),
  time_precision: textField(`case when e.time_gap then 'gap' else 'exact' end`),
  backfill: textField('e.backfill::text'),
};

const isText = (name: string): name is keyof typeof texts => name in texts;

/** What a condition on a field means. */
export function judgeField({ field, test }: FieldQuery): Condition {
  if (!textsOf(test).every(isStorable)) return false;
  if (isText(field.name)) return textField(`e.${field.name}`, texts[field.name])(test);
  if (field.name !== 'data') return judges[field.name](test);
  return field.path.every(isStorable) && judgeData(field.path, test);
}

/** The same for conditions of which any may hold, if they name values of one text. */
export function judgeAnyText(queries: readonly Query[]): Condition | undefined {
  const [first, ...others] = queries.map(textValueOf);
  if (!first || others.length === 0) return undefined;
  const values = [first, ...others].flatMap((each) => (each?.name === first.name ? [each.value] : []));
  return values.length === queries.length
    ? anyOfTexts(`e.${first.name}`, texts[first.name], values)
    : undefined;
}

function textValueOf(query: Query): { name: keyof typeof texts; value: string } | undefined {
  if (query.kind !== 'field' || query.test.kind !== 'is' || !isStorable(query.test.value)) return undefined;
  const { name } = query.field;
  return isText(name) ? { name, value: query.test.value } : undefined;
}

/** Commits are stored in lower case, see normalise.ts. Also for LIKE patterns. */
export function storedRef(typed: string): string {
  return commit.test(typed) ? typed.toLowerCase() : typed;
}

function textsOf(test: Test): readonly string[] {
  if (test.kind === 'exists') return [];
  return test.kind === 'like' ? test.parts : [test.value];
}

/** An id is the number of a row in disguise: it can be told, but has no parts. */
function idField(prefix: IdPrefix, expression: string): Judge {
  return (test) => {
    if (test.kind === 'exists') return () => `(${expression} is not null)`;
    const number = test.kind === 'is' ? decodeId(prefix, test.value) : undefined;
    return number !== undefined && ((bind) => known(`${expression} = ${bind(number, 'bigint')}`));
  };
}
