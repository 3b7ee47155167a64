import { type Field, nearestField, readField } from '@painchain/query';
import { type FieldFault, ProblemError } from '../../problem/problem-error.js';

/** An added column: a field, by the name that it was asked for. */
export interface Column {
  name: string;
  field: Field;
}

/** Each name once. Throws `invalid` with all names that are none of a field. */
export function columnsOf(names: readonly string[] = []): Column[] {
  const columns: Column[] = [];
  const errors: FieldFault[] = [];
  for (const name of new Set(names)) {
    const field = readField(name);
    if (field) columns.push({ name, field });
    else errors.push({ pointer: '/fields', detail: unknownField(name) });
  }
  if (errors.length === 0) return columns;
  throw new ProblemError('invalid', 'Correct the names of the fields that are named in errors.', { errors });
}

/** What to say of a name that no field has. */
export function unknownField(name: string): string {
  if (/^data\.*$/i.test(name)) return 'data needs the path of what is in it, such as data.replicas.new';
  const meant = nearestField(name);
  const told = `there is no field ${JSON.stringify(name)}`;
  return meant === undefined ? told : `${told}: did you mean ${meant}?`;
}
