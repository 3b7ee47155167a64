import { setTimeout as sleep } from 'node:timers/promises';
import type { Collect, Page, Source } from '@painchain/connector-sdk';
import type { Cluster, Resource, Scope } from '../cluster/cluster.js';
import type { Kind } from '../kinds/kind.js';
import { reflect } from '../reflector/reflect.js';
import type { Rhythm } from '../reflector/reflector.js';
import { Timely } from '../reflector/timely.js';
import { SnapshotFile } from '../snapshot/snapshot-file.js';
import type { ClusterFacts } from '../translate/facts.js';
import { type Memory, Watching } from './watching.js';

/** How long to wait for a kind that the cluster doesn't serve, such as one whose CRD is not installed. */
const unservedMs = 60_000;

export interface KindSourceOptions {
  /** Where the snapshot lies. */
  dataDir: string;
  /** Only these, each asked for by itself: what a role of each of them permits. Absent: the whole cluster. */
  namespaces?: readonly string[] | undefined;
  /** Whether objects of a namespace are told of. Default: all are. */
  watches?: ((namespace: string | undefined) => boolean) | undefined;
  /** The environment of a namespace. Default: the cluster's. */
  environmentOf?: ((namespace: string | undefined) => string | undefined) | undefined;
  /** What keeping objects depends on: the connector's version, and the configuration as far as it matters. */
  shape: string;
  tags?: readonly string[] | undefined;
  /** The source's name within its cluster. Default: the kind's plural. */
  name?: string | undefined;
  rhythm?: Rhythm | undefined;
}

/** A wall clock that is set back by an hour would have everything wait for an hour. */
export const systemRhythm: Rhythm = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** One kind of object in one cluster as a source: it watches, and tells what becomes of each object. */
export function kindSource(
  kind: Kind,
  cluster: Cluster,
  facts: Omit<ClusterFacts, 'uid'>,
  options: KindSourceOptions,
): Source {
  const rhythm = options.rhythm ?? systemRhythm;
  const name = `${cluster.name}/${options.name ?? kind.resources[0]?.plural ?? kind.name}`;
  const namespaces = kind.resources[0]?.namespaced ? options.namespaces : undefined;
  const scopeNames = namespaces === undefined ? [''] : [...new Set(namespaces)];
  /** Kept between runs: where the disk is full it is better than the file. */
  const memory: Memory = {};

  async function* served(run: Collect, watching: Watching): AsyncGenerator<Page, Resource, void> {
    for (;;) {
      const resource = await cluster.find(kind.resources, run.signal);
      if (resource !== undefined) return resource;
      yield* watching.nothingThere();
      await rhythm.sleep(unservedMs, run.signal);
    }
  }

  async function* collect(run: Collect): AsyncGenerator<Page, void, void> {
    const uid = await cluster.uid(run.signal);
    const lineage = { cluster: uid, kind: kind.name, shape: options.shape };
    const file = new SnapshotFile(options.dataDir, name, lineage, { log: run.log, now: () => rhythm.now() });
    const watching = await Watching.begin({
      kind,
      facts: { ...facts, uid },
      run,
      rhythm,
      file,
      memory,
      scopes: scopeNames,
      now: () => cluster.now(),
      watches: options.watches ?? (() => true),
      environmentOf: options.environmentOf,
    });
    const ended = new AbortController();
    const signal = AbortSignal.any([run.signal, ended.signal]);
    try {
      const resource = yield* served(run, watching);
      const scopes = scopeNames.map((scope) => scopeOf(kind, resource, scope));
      const mirror = { cluster, rhythm, signal };
      yield* watching.tell(new Timely(reflect(scopes, watching.positions(), mirror), rhythm));
    } finally {
      ended.abort();
      await watching.end();
    }
  }

  return {
    name,
    project: cluster.name,
    tags: options.tags,
    intervalSeconds: 60,
    watches: true,
    collect,
  };
}

function scopeOf(kind: Kind, resource: Resource, name: string): Scope {
  const { labelSelector, fieldSelector, metadataOnly } = kind;
  return { resource, labelSelector, fieldSelector, metadataOnly, namespace: name === '' ? undefined : name };
}
