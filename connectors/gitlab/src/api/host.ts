/**
 * The address of the API, where `base_url` is that of the server: `https://gitlab.com`, or `https://example.com/gitlab`
 * for one that lives under a sub-path. That of the API itself is taken as well.
 */
export function apiOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '').replace(/\/api(?:\/v4)?$/, '');
  return `${origin}${path}/api/v4`;
}

/** What keys begin with: the server's host, and the sub-path that it lives under. */
export function hostOf(baseUrl: string): string {
  const { host, pathname } = new URL(apiOf(baseUrl));
  return `${host}${pathname.replace(/\/api\/v4$/, '')}`.toLowerCase();
}
