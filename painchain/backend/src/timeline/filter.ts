import type { TimelineFilter, TimelineRow } from '@painchain/contract';

const filterNames = ['connector', 'project', 'type', 'status', 'actor', 'environment'] as const;

/** The filters that are set; several values of one mean any of them, several filters mean all of them. */
export function conditionsOf(
  filter: TimelineFilter,
): { column: (typeof filterNames)[number]; values: string[] }[] {
  return filterNames.flatMap((column) => {
    const values = filter[column];
    if (!values?.length) return [];
    // Both are stored in lower case.
    const isLower = column === 'connector' || column === 'status';
    return [{ column, values: isLower ? values.map((value) => value.toLowerCase()) : values }];
  });
}

/** The same in memory, for rows that are already read. */
export function matcherOf(filter: TimelineFilter): (row: TimelineRow) => boolean {
  const conditions = conditionsOf(filter);
  return (row) =>
    conditions.every(({ column, values }) => {
      const value = row[column];
      return value !== null && values.includes(value);
    });
}
