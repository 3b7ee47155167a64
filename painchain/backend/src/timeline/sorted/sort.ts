import { createHash } from 'node:crypto';
import { type Field, printField, readField } from '@painchain/query';
import { ProblemError } from '../../problem/problem-error.js';
import { unknownField } from '../columns/column.js';

/** By time there is an index, for a page of any size; by anything else rows have to be collected first. */
export type Sort = { kind: 'time'; order: 'newest' | 'oldest' } | ({ kind: 'field' } & FieldSort);

export interface FieldSort {
  field: Field;
  isDescending: boolean;
}

/** Throws `invalid` where there is no such field. */
export function readSort(text = '-timestamp'): Sort {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  const field = readField(name);
  if (!field) {
    throw new ProblemError('invalid', 'Correct the name of the field to sort by.', {
      errors: [{ pointer: '/sort', detail: unknownField(name) }],
    });
  }
  if (field.name === 'timestamp') return { kind: 'time', order: isDescending ? 'newest' : 'oldest' };
  return { kind: 'field', field, isDescending };
}

/** Tells sorts apart in a cursor, where a name of any length has no room. */
export function markOf({ field, isDescending }: FieldSort): string {
  const written = `${isDescending ? '-' : ''}${printField(field)}`;
  return createHash('sha256').update(written).digest('base64url').slice(0, 10);
}
