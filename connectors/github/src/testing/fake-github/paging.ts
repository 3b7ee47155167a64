import { linkTo, numberedPage, sizeOf } from '@painchain/connector-sdk/testing/pretend';
import type { Reply } from './endpoints/reply.js';

/** What is sent of a list: the page that is asked for, and the links beside it. */
export interface CutPage {
  json: unknown;
  links: string[];
}

type ListReply = Reply & { kind: 'list' };

/** As many as GitHub gives to whoever doesn't say. */
const usual = 30;

function numbered({ items, field, most }: ListReply, url: URL): CutPage {
  const { items: cut, page, last } = numberedPage(items.slice(0, most ?? items.length), url, usual);
  const links = [
    ...(page < last ? [linkTo(url, { page: String(page + 1) }, 'next')] : []),
    ...(page < last ? [linkTo(url, { page: String(last) }, 'last')] : []),
    ...(page > 1 ? [linkTo(url, { page: '1' }, 'first')] : []),
  ];
  return { json: field === undefined ? cut : { total_count: items.length, [field]: cut }, links };
}

/** The cursor names the last item of the page before, so that what comes meanwhile moves nothing. */
function byCursor({ items }: ListReply, url: URL): CutPage {
  const size = sizeOf(url, usual);
  const after = url.searchParams.get('after');
  const idOf = (item: unknown) => (item as { id: number }).id;
  const position = after === null ? -1 : Number(Buffer.from(after, 'base64url').toString());
  const start = after === null ? 0 : items.findIndex((item) => idOf(item) === position) + 1;
  const cut = items.slice(start, start + size);
  const last = cut.at(-1);
  if (last === undefined || start + size >= items.length) return { json: cut, links: [] };
  const cursor = Buffer.from(String(idOf(last))).toString('base64url');
  return { json: cut, links: [linkTo(url, { after: cursor }, 'next')] };
}

export function cutPage(reply: ListReply, url: URL): CutPage {
  return reply.cursor ? byCursor(reply, url) : numbered(reply, url);
}
