import type { FieldName, Query, Test } from '@painchain/query';
import { decodeId, type IdPrefix } from '../database/opaque-id.js';
import { type Condition, known } from './conditions.js';
import { judgeData } from './data-field.js';
import { isStorable } from './storable.js';
import { type Judge, listField, proseField, textField } from './text-field.js';
import { timeField } from './time-field.js';

export type FieldQuery = Extract<Query, { kind: 'field' }>;

const inLowerCase = (typed: string) => typed.toLowerCase();
const commit = /^commit:[0-9a-f%]*$/i;

/** Which field is judged how. Texts that are stored in one form are brought to it. */
const judges: Record<FieldName, Judge> = {
  connector: textField('e.connector', inLowerCase),
  project: textField('e.project'),
  type: textField('e.type'),
  status: textField('e.status', inLowerCase),
  actor: textField('e.actor'),
  environment: textField('e.environment'),
  severity: textField('e.severity'),
  subject: textField('e.subject'),
  tag: listField('e.tags'),
  ref: listField('e.refs', storedRef),
  title: proseField('e.title'),
  url: proseField('e.url'),
  key: textField('e.key'),
  id: idField('evt', 'e.seq'),
  integration: idField('int', 'e.integration_id'),
  timestamp: timeField('e.timestamp'),
  received_at: timeField('e.received_at'),
  time_precision: textField(`case when e.time_gap then 'gap' else 'exact' end`),
  backfill: textField('e.backfill::text'),
};

/** What a condition on a field means. */
export function judgeField({ field, test }: FieldQuery): Condition {
  if (!textsOf(test).every(isStorable)) return false;
  if (field.name !== 'data') return judges[field.name](test);
  return field.path.every(isStorable) && judgeData(field.path, test);
}

/** Commits are stored in lower case, as correlation keys must be the same wherever they come from. */
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
