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

/**
 * In which form the answer is asked for; a server that doesn't know it gives whole objects.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export function acceptOf({ metadataOnly }: Scope, form: 'list' | 'watch'): string {
  if (!metadataOnly) return 'application/json';
  const kind = form === 'list' ? 'PartialObjectMetadataList' : 'PartialObjectMetadata';
  return `application/json;as=${kind};g=meta.k8s.io;v=v1, application/json`;
}
