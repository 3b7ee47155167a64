/**
 * A part of a path that a human has named, or a version. Everything else may be what lets one in, as in the addresses
 * of chats: digits, or more letters than a word has.
 */
const harmless = /^(?:v\d{1,2}|(?:[A-Za-z]{1,20}(?:[._-]|$)){0,5})$/;

/** Where a webhook goes, without anything that lets one in: no password, no query, no token in the path. */
export function addressOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  const path = pathname.split('/').map((part) => (harmless.test(part) ? part : '…'));
  return `${host}${path.join('/')}`;
}
