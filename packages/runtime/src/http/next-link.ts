import { HttpError } from './http-error.js';

/**
 * The address of the next page, from a `Link` header, resolved against the page it came with.
 *
 * @throws HttpError `invalid_answer` when it leads to another origin: following it would hand our credentials
 *   to a stranger, and ignoring it would silently end the list.
 */
export function nextLink(link: string | undefined, page: URL): URL | undefined {
  if (!link) return undefined;
  for (const [, target = '', parameters = ''] of link.matchAll(/<([^<>]{1,4096})>([^<]{0,1024})/g)) {
    if (!/;\s*rel\s*=\s*(?:"(?:[^"]* )?next(?: [^"]*)?"|next(?=\s*[;,]|\s*$))/i.test(parameters)) continue;
    const next = URL.canParse(target, page.href) ? new URL(target, page) : undefined;
    if (!next)
      throw new HttpError('invalid_answer', `the next page's address from ${page.origin} is not a URL`);
    if (next.origin !== page.origin) {
      throw new HttpError('invalid_answer', `the next page of ${page.origin} lies on another origin`);
    }
    return next;
  }
  return undefined;
}
