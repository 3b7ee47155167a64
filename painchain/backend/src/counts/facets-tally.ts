import type { WalkedFacets } from './facets-walk-sql.js';

/** A field's most frequent values, and how much there is beside them. */
export interface FacetCounts {
  values: { value: string; count: number }[];
  others: number;
  missing: number;
  /** Whether values were left out that might have been among the most frequent. */
  hasMoreValues: boolean;
}

// So many values of all fields together fit into some megabytes.
const valuesOfAllMax = 50_000;
const valuesOfOneMax = 10_000;

export const mostValues = (fields: number) =>
  Math.min(valuesOfOneMax, Math.floor(valuesOfAllMax / Math.max(fields, 1)));

/** Adds up what the steps of a walk counted, for a number of fields. Of each it remembers only so many values. */
export class FacetsTally {
  total = 0;
  readonly #most: number;
  readonly #fields: { missing: number; counts: Map<string, number>; hasMoreValues: boolean }[];

  constructor(fields: number) {
    this.#most = mostValues(fields);
    this.#fields = Array.from({ length: fields }, () => ({
      missing: 0,
      counts: new Map(),
      hasMoreValues: false,
    }));
  }

  add({ total, missing, values }: WalkedFacets): void {
    this.total += total;
    const given = this.#fields.map(() => 0);
    for (const [place, value, count] of values) {
      given[place] = (given[place] ?? 0) + 1;
      this.#count(place, value, count);
    }
    for (const [place, field] of this.#fields.entries()) {
      field.missing += missing[place] ?? 0;
      // The step may have had more than it could give.
      if (given[place] === this.#most) field.hasMoreValues = true;
    }
  }

  /** Of the field at this place, the values as they are `shown`; undefined: not at all. */
  counts(
    place: number,
    limit: number,
    shown: (value: string) => string | undefined = (value) => value,
  ): FacetCounts {
    const field = this.#fields[place];
    if (!field) throw new Error('this field was not counted');
    const values = [...field.counts]
      .flatMap(([counted, count]) => {
        const value = shown(counted);
        return value === undefined ? [] : [{ value, count }];
      })
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return {
      values: values.slice(0, limit),
      others: Math.max(values.length - limit, 0),
      missing: field.missing,
      hasMoreValues: field.hasMoreValues,
    };
  }

  #count(place: number, value: string, count: number): void {
    const field = this.#fields[place];
    if (!field) return;
    const before = field.counts.get(value);
    if (before === undefined && field.counts.size === this.#most) field.hasMoreValues = true;
    else field.counts.set(value, (before ?? 0) + count);
  }
}
