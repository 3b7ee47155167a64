import type { Field, FieldName } from '@painchain/query';
import { instantText } from '../../database/instant.js';
import type { Bind } from '../../query/bind.js';
import { fieldColumns } from '../../query/field-columns.js';
import { isStorable } from '../../query/storable.js';
import type { Column } from './column.js';

// A double has 309 digits at most before its point; what comes after as many decides nothing.
const digits = 400;

/**
 * A field's value as SQL over the alias `e` of events: a letter for its kind (see column-value.ts) and its text, of
 * which about so many characters are needed. Null where the event has none.
 */
export function columnSql(field: Field, characters: number, bind: Bind, data = 'e.data'): string {
  if (field.name === 'data') return dataSql(field.path, characters, bind, data);
  return namedSql(field.name, characters);
}

/**
 * The values of columns, in their order, as an array of such texts. Large data is unpacked whenever it is looked into:
 * joined to nothing it is unpacked once, for all columns.
 */
export function columnsSql(columns: readonly Column[], characters: number, bind: Bind): string {
  const values = columns.map(({ field }) => columnSql(field, characters, bind, 'unpacked.data'));
  return `(select array[${values.join(', ')}]::text[] from (select e.data || '{}' as data offset 0) unpacked)`;
}

function namedSql(name: FieldName, characters: number): string {
  switch (name) {
    case 'id':
      return `'e' || e.seq::text`;
    case 'integration':
      return `'i' || e.integration_id::text`;
    case 'timestamp':
    case 'received_at':
      return `'s' || (${instantText(`e.${name}`)})`;
    case 'backfill':
      return `'b' || ${fieldColumns.backfill.sql}`;
    default: {
      const { sql, isList } = fieldColumns[name];
      // One more than needed: so it shows that there was more.
      return isList
        ? `'j' || left(to_json(nullif(${sql}, '{}'))::text, ${characters + 1})`
        : `'s' || left(${sql}, ${characters + 1})`;
    }
  }
}

// Arrays on the way are entered, as conditions do; of several values it is the first. Lists and objects are written
// with spaces between, which are left out later: twice as many characters are enough.
function dataSql(path: readonly string[], characters: number, bind: Bind, data: string): string {
  if (!path.every(isStorable)) return 'null::text';
  const place = `$${path.map((key) => `.${JSON.stringify(key)}`).join('')}`;
  return `(select case jsonb_typeof(value)
    when 'string' then 's' || left(value #>> '{}', ${characters + 1})
    when 'number' then 'n' || left(value #>> '{}', ${digits})
    when 'boolean' then 'b' || (value #>> '{}')
    else 'j' || left(value::text, ${2 * characters + 2}) end
    from jsonb_path_query(${data}, ${bind(place, 'jsonpath')}, '{}', true) as value
    where value <> 'null' limit 1)`;
}
