import { type ListPage, listPages as pagesOf } from '@painchain/connector-sdk/rounds';
import type { Round } from './look.js';

/** The pages of a list of GitLab's, as far as somebody wants them; none where it is unchanged. */
export function listPages(
  { gitlab: upstream, take, signal }: Round,
  what: string,
  target: string,
  etag?: string,
): AsyncGenerator<ListPage, void, void> {
  return pagesOf({ upstream, vendor: 'GitLab', take, signal }, what, target, etag);
}
