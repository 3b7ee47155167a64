import type { Bind } from '../query/bind.js';
import { type FacetField, valueCharactersMax } from './facet-field.js';
import { contains } from './value-filter.js';

/** What one step of a walk counts. Fields are told by their place in the list. */
export interface WalkedFacets {
  total: number;
  missing: number[];
  values: [field: number, value: string, count: number][];
}

export const columnOf = (place: number) => `facet_${place}`;

/** Counts the values of the fields in `hits`, of each field the most frequent ones. */
export function countFacets(
  fields: readonly FacetField[],
  { mostValues, text, bind }: { mostValues: number; text: string | undefined; bind: Bind },
): string {
  const missing = fields.map(
    ({ isList }, place) =>
      `count(*) filter (where ${isList ? `cardinality(${columnOf(place)}) = 0` : `${columnOf(place)} is null`})`,
  );
  const values = fields.map((field, place) => {
    const column = columnOf(place);
    const from = field.isList
      ? `hits cross join unnest(${column}) as value`
      : `(select ${column} as value from hits) as hits`;
    // The ids of integrations are told in another form, which only we can look into.
    const wanted = field.name === 'integration' ? 'true' : contains('value', text, bind);
    return `(select ${place} as field, value, count(*) as count from ${from}
    where length(value) <= ${valueCharactersMax} and ${wanted}
    group by value order by count desc, value collate "C" limit ${mostValues})`;
  });
  const counted =
    values.length > 0
      ? values.join('\n  union all\n  ')
      : `select 0 as field, '' as value, 0 as count where false`;
  return `select count(*)::integer as total, json_build_array(${missing.join(', ')}) as missing,
  (select coalesce(json_agg(json_build_array(field, value, count)), '[]') from (
  ${counted}
  ) as counted) as values
from hits`;
}
