import type { Repository } from '../world/repository.js';
import type { Account, World } from '../world/world.js';

/** What is asked, and by whom. */
export interface Ask {
  world: World;
  account: Account;
  /** The base URL, a sub-path included, without a slash at its end. */
  api: string;
  query: URLSearchParams;
}
export interface RepositoryAsk extends Ask {
  repository: Repository;
}

/** An endpoint's answer. Of a list the transport cuts the pages and gives them their links. */
export type Reply =
  | { kind: 'json'; json: unknown }
  | {
      kind: 'list';
      items: readonly unknown[];
      /** Where the items of a page are an object's field beside the number of all. */
      field?: string;
      /** No more than so many can be paged through. */
      most?: number;
      /** Pages by an opaque cursor instead of a number. */
      cursor?: boolean;
    }
  | { kind: 'refused'; status: number; message: string };

export type Route<A extends Ask> = [path: RegExp, answer: (ask: A, ...found: string[]) => Reply];

export const notFound: Reply = { kind: 'refused', status: 404, message: 'Not Found' };

export function json(value: unknown): Reply {
  return { kind: 'json', json: value };
}

export function list(
  items: readonly unknown[],
  rest: Omit<Reply & { kind: 'list' }, 'kind' | 'items'> = {},
): Reply {
  return { kind: 'list', items, ...rest };
}

/** What shows in lists by now, newest first. */
export function shown<T extends { visibleFrom: number }>(
  items: readonly T[],
  { world }: Ask,
  at: (item: T) => number,
): T[] {
  const now = world.now();
  // Of what happened in the same second, too, the newest comes first.
  return items
    .filter(({ visibleFrom }) => visibleFrom <= now)
    .toReversed()
    .sort((a, b) => at(b) - at(a));
}
