import type { Scope } from './cluster.js';

/** `/api/v1` of the core, `/apis/apps/v1` of a group. */
export function rootOf(groupVersion: string): string {
  return groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
}

/** Where a list or a watch asks. */
export function pathOf(scope: Scope, parameters: Readonly<Record<string, string>>): string {
  const { resource, namespace, labelSelector, fieldSelector } = scope;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const query = new URLSearchParams({
    ...parameters,
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  });
  return `${rootOf(resource.groupVersion)}${within}/${resource.plural}?${query.toString()}`;
}
