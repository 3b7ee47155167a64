/**
 * The host that keys begin with. The public API has an address of its own, as has GitHub Enterprise Cloud with data
 * residency (`api.<name>.ghe.com`); an Enterprise Server's API lies under its own host.
 */
export function hostOf(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  return /^api\.(?:github\.com|[^.]+\.ghe\.com)$/.test(host) ? host.slice('api.'.length) : host;
}
