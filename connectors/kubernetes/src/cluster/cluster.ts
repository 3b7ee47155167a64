import type { JsonObject } from '@painchain/connector-sdk';

/** A kind of object as the API serves it. */
export interface Resource {
  /** `apps/v1`, or `v1` of the core. */
  groupVersion: string;
  /** `deployments`, as it stands in the path. */
  plural: string;
  namespaced: boolean;
}

/** What every object of the API has. Everything else is read leniently where it is needed. */
export interface KubernetesObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: JsonObject & { uid: string; name: string; namespace?: string; resourceVersion: string };
}

/** One page of a list. `resourceVersion` is the list's: a watch goes on behind it. It is opaque. */
export interface ListPage {
  objects: KubernetesObject[];
  resourceVersion: string;
  /** The next page; undefined behind the last one. */
  next: string | undefined;
}

/** What a watch tells. An `expired` version (410, by status or in the stream) means: list anew. */
export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'BOOKMARK'; resourceVersion: string }
  | { type: 'EXPIRED' };

/** Where a list or a watch looks. */
export interface Scope {
  resource: Resource;
  /** Only this namespace; absent: the whole cluster. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Only what stands under `metadata`: nothing else is sent. */
  metadataOnly?: boolean | undefined;
}

/** One cluster's API, with its credential. */
export interface Cluster {
  /** As configured: projects are `<name>/<namespace>`. */
  readonly name: string;
  /** The uid of its namespace kube-system: keys begin with it. */
  uid(signal: AbortSignal): Promise<string>;
  /** The first of these that the cluster serves; undefined when it serves none, as without a CRD. */
  find(candidates: readonly Resource[], signal: AbortSignal): Promise<Resource | undefined>;
  /**
   * One page of at most 500 objects.
   *
   * @throws SourceError `list-expired` when `next` is too old: begin the list anew.
   */
  list(scope: Scope, next: string | undefined, signal: AbortSignal): Promise<ListPage>;
  /**
   * Everything that happens behind a version, until the server ends the watch, which is no fault. Ends with an error
   * when nothing has come for longer than a bookmark takes, since a half-open connection would hang for ever.
   *
   * @throws SourceError with the remedy: a missing right names the rule to add.
   */
  watch(scope: Scope, resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** The server's clock, in milliseconds since 1970, by the `Date` of its answers. */
  now(): number;
}
