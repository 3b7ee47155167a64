import { linkTo, numberedPage, sizeOf } from '@painchain/connector-sdk/testing/pretend';
import type { Reply } from './endpoints/reply.js';

/** What is sent of a list: the page that is asked for, and what its headers say of the others. */
export interface CutPage {
  json: unknown;
  headers: Record<string, string>;
}

type ListReply = Reply & { kind: 'list' };

/** As many as GitLab gives to whoever doesn't say. */
const usual = 20;

const linked = (links: readonly string[]): Record<string, string> =>
  links.length === 0 ? {} : { link: links.join(', ') };

/** The cursor names the last item of the page before, so that what comes meanwhile moves nothing. */
function byKeyset(items: readonly unknown[], field: string, url: URL): CutPage {
  const size = sizeOf(url, usual);
  const after = url.searchParams.get('page_token') ?? url.searchParams.get('cursor');
  const nameOf = (item: unknown) => String((item as Record<string, unknown>)[field]);
  const start = after === null ? 0 : items.findIndex((item) => nameOf(item) === after) + 1;
  const json = items.slice(start, start + size);
  const last = json.at(-1);
  if (last === undefined || start + size >= items.length) return { json, headers: {} };
  const cursor = field === 'id' ? 'cursor' : 'page_token';
  return { json, headers: linked([linkTo(url, { [cursor]: nameOf(last) }, 'next')]) };
}

/** Of a list with more than `mostCounted` items GitLab counts neither the items nor the pages. */
function byNumber(items: readonly unknown[], url: URL, mostCounted: number): CutPage {
  const { items: json, page, last, size } = numberedPage(items, url, usual);
  const isCounted = items.length <= mostCounted;
  const to = (number: number, rel: string) =>
    linkTo(url, { page: String(number), per_page: String(size) }, rel);
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next')] : []),
    to(1, 'first'),
    ...(isCounted ? [to(last, 'last')] : []),
  ];
  return {
    json,
    headers: {
      ...linked(links),
      'x-page': String(page),
      'x-per-page': String(size),
      'x-next-page': page < last ? String(page + 1) : '',
      'x-prev-page': page > 1 ? String(page - 1) : '',
      ...(isCounted ? { 'x-total': String(items.length), 'x-total-pages': String(last) } : {}),
    },
  };
}

export function cutPage({ items, keyset }: ListReply, url: URL, mostCounted: number): CutPage {
  const wantsKeyset = url.searchParams.get('pagination') === 'keyset' && keyset !== undefined;
  return wantsKeyset ? byKeyset(items, keyset, url) : byNumber(items, url, mostCounted);
}
