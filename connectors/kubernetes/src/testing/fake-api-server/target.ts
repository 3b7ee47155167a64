import { type ServedKind, groupOf } from './served-kinds.js';

/** What a request is about. */
export interface Target {
  groupVersion: string;
  group: string;
  /** Undefined: the group's version has no such plural. */
  kind: ServedKind | undefined;
  plural: string;
  namespace: string | undefined;
  name: string | undefined;
  verb: string;
}

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

/** Undefined where no such group is served. */
export function targetOf(method: string, url: URL, kinds: readonly ServedKind[]): Target | undefined {
  const parts = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const groupVersion = parts[0] === 'apis' ? parts.slice(1, 3).join('/') : parts[1];
  if ((parts[0] !== 'api' && parts[0] !== 'apis') || !groupVersion) return undefined;
  const served = kinds.filter((kind) => kind.groupVersion === groupVersion);
  const rest = parts.slice(parts[0] === 'apis' ? 3 : 2);
  if (served.length === 0 || rest.length === 0) return undefined;
  const inside = rest[0] === 'namespaces' && rest.length > 2 ? rest.splice(0, 2)[1] : undefined;
  const [plural = '', name] = rest;
  const reads = url.searchParams.get('watch') ? 'watch' : 'list';
  return {
    groupVersion,
    group: groupOf(groupVersion),
    kind: served.find((kind) => kind.plural === plural && (inside === undefined || kind.namespaced)),
    plural,
    namespace: inside,
    name,
    verb: verbs[method] ?? (name === undefined ? reads : 'get'),
  };
}
