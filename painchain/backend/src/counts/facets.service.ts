import { Injectable } from '@nestjs/common';
import { type Facets, type FacetsQuery, FilterField, limits } from '@painchain/contract';
import { type Field, printField, type Query, readField } from '@painchain/query';
import { Clock } from '../config/clock.js';
import { ProblemError } from '../problem/problem-error.js';
import { asQuery, without } from '../query/as-query.js';
import { dataFacet, type FacetField, namedFacet } from './facet-field.js';
import { type FacetGroup, type FacetsRead, FacetsRepository } from './facets.repository.js';
import { microsText } from './micros.js';
import { microsNow, rangeOf } from './range.js';
import { cappedOf } from './reading.js';

const fieldsByDefault = [...FilterField.options, 'tag'];

/** How often each value of the fields occurs. */
@Injectable()
export class FacetsService {
  constructor(
    private readonly repository: FacetsRepository,
    private readonly clock: Clock,
  ) {}

  async facets(tenantId: number, asked: FacetsQuery): Promise<Facets> {
    const { field: names = fieldsByDefault, contains, limit, from, to, ...filter } = asked;
    const fields = fieldsOf(names);
    const now = microsNow(this.clock);
    const range = rangeOf({ from, to }, now);
    const groups = groupsOf(asQuery(filter), fields);
    const read = await this.repository.facets(tenantId, { range, now, groups, contains, limit });
    const crowded = fields.find(({ name }) => read.facets.get(name)?.hasMoreValues);
    return {
      from: microsText(range.from),
      to: microsText(range.to),
      total: read.total,
      facets: fields.map(({ name }) => facetView(name, read)),
      capped: cappedOf(read, crowded?.name),
    };
  }
}

function facetView(field: string, { facets }: FacetsRead): Facets['facets'][number] {
  const counts = facets.get(field);
  if (!counts) throw new Error(`${field} was not counted`);
  const { values, others, missing } = counts;
  return { field, values, others, missing };
}

interface CountedField extends FacetField {
  field: Field;
}

/** Each field once, by whichever of its names it is asked for. */
function fieldsOf(names: readonly string[]): CountedField[] {
  const fields = new Map(names.map((name) => countedField(name)).map((field) => [field.name, field]));
  if (fields.size <= limits.facets) return [...fields.values()];
  throw refused(`has more than ${limits.facets} fields`, 'Ask for fewer fields at once.');
}

function countedField(name: string): CountedField {
  const field = readField(name);
  if (!field) throw refused(`there is no field ${JSON.stringify(name)}`, 'Correct the name of the field.');
  const facet = field.name === 'data' ? dataFacet(printField(field), field.path) : namedFacet(field.name);
  if (!facet) throw refused(`each event has its own ${field.name}`, 'Ask for a field that events share.');
  return { ...facet, field };
}

function refused(fault: string, detail: string): ProblemError {
  return new ProblemError('invalid', detail, { errors: [{ pointer: '/field', detail: fault }] });
}

/** Fields that are counted among the same events together. Those of the whole query come first, for the total. */
function groupsOf(query: Query, fields: readonly CountedField[]): FacetGroup[] {
  const groups = new Map([[JSON.stringify(query), { query, fields: [] as FacetField[] }]]);
  for (const field of fields) {
    const reduced = without(query, field.field);
    const key = JSON.stringify(reduced);
    const group = groups.get(key) ?? { query: reduced, fields: [] };
    group.fields.push(field);
    groups.set(key, group);
  }
  return [...groups.values()];
}
