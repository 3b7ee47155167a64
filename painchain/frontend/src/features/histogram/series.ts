import type { Histogram } from '@painchain/contract';
import type { Query } from '@painchain/query';
import { chosenValues } from '../../address/conditions.js';
import type { Stacking } from '../../address/home-search.js';

/** An entry of the legend: a value that bars are split by, or one that is excluded and so in no bar. */
export type LegendEntry = {
  /** null: the events without a value. */
  value: string | null;
  label: string;
  /** Undefined where nothing is counted. */
  count: number | undefined;
  colour: string | undefined;
  isExcluded: boolean;
};

export const stackingNames: Record<Stacking, string> = {
  connector: 'Connector',
  project: 'Project',
  status: 'Status',
  none: 'None',
};

/** What a value is called; a connector has a name of its own. */
export function labelOf(
  value: string | null,
  by: Stacking,
  nameOf: (connector: string) => string | undefined,
): string {
  if (value === null) return `No ${by}`;
  return (by === 'connector' ? nameOf(value) : undefined) ?? value;
}

/** What the bars are split by, and what the query excludes of it, so that it can be taken back. */
export function legendOf(
  series: Histogram['series'],
  colours: readonly string[],
  by: Stacking,
  query: Query,
  nameOf: (connector: string) => string | undefined,
): LegendEntry[] {
  if (by === 'none') return [];
  const { excluded } = chosenValues(query, { name: by });
  const shown = series.flatMap(({ value, count }, index): LegendEntry[] =>
    value !== null && excluded.includes(value)
      ? []
      : [{ value, label: labelOf(value, by, nameOf), count, colour: colours[index], isExcluded: false }],
  );
  const gone = [...new Set(excluded)].map((value): LegendEntry => ({
    value,
    label: labelOf(value, by, nameOf),
    count: undefined,
    colour: undefined,
    isExcluded: true,
  }));
  return [...shown, ...gone];
}
