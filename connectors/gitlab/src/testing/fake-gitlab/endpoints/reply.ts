import type { Project } from '../world/project.js';
import type { Account, Token, World } from '../world/world.js';
import { instantOf } from '../written.js';

/** What is asked, and by whom. */
export interface Ask {
  world: World;
  account: Account;
  token: Token;
  /** The base URL, a sub-path and `/api/v4` included, without a slash at its end. */
  api: string;
  query: URLSearchParams;
}
export interface ProjectAsk extends Ask {
  project: Project;
}

/** An endpoint's answer. Of a list the transport cuts the pages and gives them their links. */
export type Reply =
  | { kind: 'json'; json: unknown }
  | {
      kind: 'list';
      items: readonly unknown[];
      /** By what a list that is asked for with `pagination=keyset` goes on, where it can. */
      keyset?: string;
    }
  | { kind: 'refused'; status: number; json: object };

export type Route<A extends Ask> = [path: RegExp, answer: (ask: A, ...found: string[]) => Reply];

export function refused(status: number, message: string): Reply & { kind: 'refused' } {
  return { kind: 'refused', status, json: { message } };
}

export const notFound = (what = '404 Not Found') => refused(404, what);

/** A parameter that doesn't say what it could. */
export function invalid(error: string): Reply & { kind: 'refused' } {
  return { kind: 'refused', status: 400, json: { error } };
}

export function json(value: unknown): Reply {
  return { kind: 'json', json: value };
}

export function list(items: readonly unknown[], keyset?: string): Reply {
  return { kind: 'list', items, ...(keyset === undefined ? {} : { keyset }) };
}

/** What lists are asked by. */
interface Listed {
  id: number;
  createdAt: number;
  updatedAt: number;
  visibleFrom: number;
}

const windows = ['updated_after', 'updated_before', 'created_after', 'created_before'] as const;

/**
 * What shows in a list by now, as `order_by`, `sort` and windows of time ask for it; a refusal of what they can't be.
 * Windows hold the instants that they begin and end with.
 */
export function windowed<T extends Listed>(
  items: readonly T[],
  { world, query }: Ask,
  orders: readonly string[],
): T[] | (Reply & { kind: 'refused' }) {
  const order = query.get('order_by') ?? orders[0] ?? 'id';
  if (!orders.includes(order)) return invalid('order_by does not have a valid value');
  const sort = query.get('sort') ?? 'desc';
  if (sort !== 'asc' && sort !== 'desc') return invalid('sort does not have a valid value');
  let found = items.filter(({ visibleFrom }) => visibleFrom <= world.now());
  for (const name of windows) {
    const text = query.get(name);
    if (text === null) continue;
    const bound = instantOf(text);
    if (bound === undefined) return invalid(`${name} is invalid`);
    const at = ({ updatedAt, createdAt }: T) => (name.startsWith('updated') ? updatedAt : createdAt);
    found = found.filter((item) => (name.endsWith('after') ? at(item) >= bound : at(item) <= bound));
  }
  const by = (item: T) =>
    order === 'updated_at' ? item.updatedAt : order === 'created_at' ? item.createdAt : item.id;
  const ascending = found.toSorted((one, other) => by(one) - by(other) || one.id - other.id);
  return sort === 'asc' ? ascending : ascending.reverse();
}

export function isRefused(found: readonly unknown[] | Reply): found is Reply & { kind: 'refused' } {
  return 'kind' in found;
}
