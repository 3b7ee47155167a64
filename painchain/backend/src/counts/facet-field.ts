import type { FieldName } from '@painchain/query';
import type { Bind } from '../query/bind.js';
import { fieldColumns } from '../query/field-columns.js';
import { isStorable } from '../query/storable.js';

/** A field whose values are counted, by its name as the query language prints it. */
export interface FacetField {
  name: string;
  /** Its value, or an array of its different values, as SQL over the alias `e` of events. */
  column: (bind: Bind) => string;
  isList: boolean;
}

/** Values that are longer tell nobody anything in a list. */
export const valueCharactersMax = 300;

// Of what is left out each event has its own.
const columns = { ...fieldColumns, integration: { sql: 'e.integration_id::text', isList: false } };

/** Undefined when it makes no sense to count it. */
export function namedFacet(name: FieldName): FacetField | undefined {
  if (!(name in columns)) return undefined;
  const { sql, isList } = columns[name as keyof typeof columns];
  return { name, column: () => sql, isList };
}

/**
 * A place in the data. Arrays on the way are entered, and at its end arrays of arrays, too, as conditions do. Each
 * different value counts once.
 */
export function dataFacet(name: string, path: readonly string[]): FacetField {
  if (!path.every(isStorable)) return { name, column: () => `array[]::text[]`, isList: true };
  const place = `$${path.map((key) => `.${JSON.stringify(key)}`).join('')}[*][*]`;
  const column = (bind: Bind) => `array(
    select distinct found #>> '{}' from jsonb_path_query(e.data, ${bind(place, 'jsonpath')}, '{}', true) as found
    where jsonb_typeof(found) in ('string', 'number', 'boolean'))`;
  return { name, column, isList: true };
}
