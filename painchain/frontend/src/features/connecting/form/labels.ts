const capitals = new Set(['url', 'id', 'ca', 'api', 'ssh', 'tls', 'ip', 'dns', 'http', 'https', 'yaml']);

/** `base_url` → `Base URL`: a setting's name as the label of its field. */
export function labelOf(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => (capitals.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()));
  const [first = '', ...rest] = words;
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest].join(' ');
}
