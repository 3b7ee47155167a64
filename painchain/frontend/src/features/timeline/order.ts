import { type Grouping, groupings, type HomeSearch } from '../../address/home-search.js';

/** In which order the rows stand, and what follows from it. */
export type Order = {
  /** As the server is asked for it; absent: the newest first. */
  sort?: string;
  grouping: Grouping;
  isFolded: boolean;
  /** Why nothing comes in live: in this order a new row would not belong at the top. */
  stillBecause?: string;
};

/**
 * Groups are sorted by the server, each newest first. Folds are about what follows in time, so they need the newest
 * first; days only need an order of time.
 */
export function orderOf({ group, fold, sort }: Pick<HomeSearch, 'group' | 'fold' | 'sort'>): Order {
  const isFolded = fold !== 'off';
  if (group === 'project' || group === 'connector') {
    return { sort: group, grouping: group, isFolded, stillBecause: `not live while grouped by ${group}` };
  }
  if (sort === undefined) return { grouping: group ?? 'day', isFolded };
  const isByTime = sort === 'timestamp';
  return {
    sort,
    grouping: isByTime ? (group ?? 'day') : 'none',
    isFolded: false,
    stillBecause: isByTime
      ? 'not live while the oldest come first'
      : `not live while sorted by ${sort.replace(/^-/, '')}`,
  };
}

/** What a click on the head of a column asks for: up, down, and the newest first again. */
export function nextSort(field: string, sort: string | undefined): string | undefined {
  if (field === 'timestamp') return sort === 'timestamp' ? undefined : 'timestamp';
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? undefined : field;
}

/** How a column is sorted, in the words of ARIA; undefined where it isn't. */
export function sortedAs(field: string, search: Pick<HomeSearch, 'group' | 'sort'>) {
  const sort = orderOf(search).sort ?? '-timestamp';
  if (sort === field) return 'ascending';
  return sort === `-${field}` ? 'descending' : undefined;
}

/** What choosing a group asks for: it brings its own order along. */
export function groupedBy(value: string): { group: HomeSearch['group']; sort: undefined } {
  const group = groupings.find((each) => each === value);
  return { group: group === 'day' ? undefined : group, sort: undefined };
}
