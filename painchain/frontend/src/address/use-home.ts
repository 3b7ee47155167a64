import { print } from '@painchain/query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Edit, readQuery } from './conditions.js';
import { type HomeSearch, parseHomeSearch, type Tab, withoutAsked } from './home-search.js';
import type { TimeRange } from './time-range.js';

const route = getRouteApi('/home');

type Part = { [name in keyof HomeSearch]?: HomeSearch[name] | undefined };

/**
 * The state of /home, which is its address, and the ways to change it. The router keeps what an address says beside
 * what was read of it, so it is read here: a broken link must neither break the page nor come back with each change.
 */
export function useHome(): { search: HomeSearch; change: HomeChange } {
  const search = route.useSearch({ select: parseHomeSearch, structuralSharing: true });
  const navigate = route.useNavigate();
  const isOpen = search.e !== undefined;
  const change = useMemo(() => {
    const go = (next: (before: HomeSearch) => Part, replace = false) =>
      void navigate({ search: (before) => parseHomeSearch(next(parseHomeSearch(before))), replace });
    return {
      /** Sets these parts; undefined takes one out. */
      set: (part: Part) => go((before) => ({ ...before, ...part })),
      /** Only what can be read belongs here: a fault is shown where it was typed. */
      query: (q: string) => go((before) => ({ ...before, q: q.trim() })),
      /** Changes the conditions. A query that can't be read is left alone: somebody is about to mend it. */
      edit: (edit: Edit) =>
        go((before) => {
          const reading = readQuery(before.q);
          return 'fault' in reading ? before : { ...before, q: print(edit(reading.query)) };
        }),
      range: (range: TimeRange) =>
        go((before) => ({ ...before, range: undefined, from: undefined, to: undefined, ...range })),
      /** Everything at any time. */
      clear: () => go(withoutAsked),
      /** Going from neighbour to neighbour replaces, so that Back leaves the panel instead of walking through it. */
      open: (id: string) => go((before) => ({ ...before, e: id }), isOpen),
      close: () => go((before) => ({ ...before, e: undefined, tab: undefined })),
      tab: (tab: Tab) => go((before) => ({ ...before, tab: tab === 'overview' ? undefined : tab }), true),
      /** Everything around a moment, whatever the query. */
      around: (at: string, w?: string) => go((before) => ({ ...before, at, w: w ?? before.w })),
      leaveAround: () => go((before) => ({ ...before, at: undefined, w: undefined })),
      /** Another address altogether, as a saved view holds it; in place of the one that nobody chose, if told so. */
      replace: (next: HomeSearch, inPlace = false) => go(() => next, inPlace),
    };
  }, [navigate, isOpen]);
  return { search, change };
}

export type HomeChange = {
  set(part: Part): void;
  query(q: string): void;
  edit(edit: Edit): void;
  range(range: TimeRange): void;
  clear(): void;
  open(id: string): void;
  close(): void;
  tab(tab: Tab): void;
  around(at: string, w?: string): void;
  leaveAround(): void;
  replace(next: HomeSearch, inPlace?: boolean): void;
};
