import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../cluster/cluster.js';
import { managersOf } from '../source/managers.js';
import { allKinds } from './index.js';
import type { Kind } from './kind.js';

// Recorded objects of public projects, beside the repository where they are there at all.
const recorded = new URL('../../../../../shared/data/kubernetes/', import.meta.url);
const files = ['object-states-is-healthy.ndjson', 'objects.ndjson', 'events.ndjson'];

const cluster = { name: 'prod', uid: 'cluster-uid' };
const at = '2026-11-24T10:00:00.000Z';
const kinds = allKinds({
  redact: [],
  noise: () => true,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});
const mine = ['Pod', 'Node', 'Event', 'Application', 'Kustomization', 'HelmRelease', 'GitRepository'];

function served(object: JsonObject): KubernetesObject | undefined {
  const metadata = object['metadata'];
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return undefined;
  const given = { name: 'nameless', uid: 'uid', resourceVersion: '1', ...metadata };
  return { apiVersion: 'v1', kind: 'Unknown', ...object, metadata: given };
}

/** The object as it was while nothing of it told anything. */
function healthy(object: KubernetesObject): KubernetesObject {
  const { status: _, ...before } = object;
  return before as KubernetesObject;
}

function toldOf(kind: Kind, object: KubernetesObject): SourceEvent[] {
  const isEvent = kind.name === 'Event';
  const before = (!isEvent && kind.keep(healthy(object))) || null;
  const after = kind.keep(object, before ?? undefined) ?? null;
  const step = { before, after, managers: managersOf(object) };
  const translation = kind.translate(step, cluster, { at });
  const events = translation.kind === 'events' ? translation.events : [];
  if (!kind.fold) return events;
  const folded = kind.fold.add(kind.fold.empty, step, events, { at });
  return [...folded.events, ...kind.fold.due(folded.state, '2026-11-24T11:00:00.000Z').events];
}

function toldIn(file: string): string[] {
  const rows = readFileSync(new URL(file, recorded), 'utf8').trim().split('\n');
  return rows.flatMap((row) => {
    const { source, object } = JSON.parse(row) as { source: string; object: JsonObject };
    const kind = kinds.find(({ name }) => name === object['kind'] && mine.includes(name));
    const given = served(object);
    if (!kind || !given) return [];
    const name = source
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '');
    return toldOf(kind, given).map(({ type }) => `${name}: ${type}`);
  });
}

describe.skipIf(!existsSync(recorded))('recorded objects (skipped without shared/data)', () => {
  it('that are in a telling state tell it behind a healthy one', () => {
    expect(toldIn('object-states-is-healthy.ndjson')).toEqual(
      expect.arrayContaining([
        'crashloopbackoff: pod_crash_looping',
        'oomkilled-unhealthy: pod_oom_killed',
        'pod-crashed-once: pod_failed',
        'start-error: pod_failed',
        'unhealthy: node_not_ready',
        'warning: node_pressure',
        'argo-application-healthy: argo_synced',
        'flux-gitrepository-unhealthy: flux_failed',
        'flux-helmrelease-healthy: flux_applied',
        'flux-helmrelease-upgradefailed: flux_failed',
        'flux-kustomization-failed: flux_failed',
        'flux-kustomization-healthy: flux_applied',
      ]),
    );
    expect(toldIn('objects.ndjson')).toEqual(
      expect.arrayContaining([
        'message-oomkill-pod: pod_oom_killed',
        'message-pending-pod-resources: pod_unschedulable',
        'message-pod-init-crashloop-backoff: pod_failed',
      ]),
    );
  });

  it('that are well tell nothing, but for what was applied to them', () => {
    const well = files
      .slice(0, 2)
      .flatMap(toldIn)
      .filter((told) => /^[\w-]*healthy: /.test(told));
    expect(well.filter((told) => !/unhealthy: |_synced$|_applied$/.test(told))).toEqual([]);
  });

  it('warn of what nothing else tells', () => {
    expect(new Set(toldIn('events.ndjson').map((told) => told.split(': ')[1]))).toEqual(new Set(['warning']));
  });
});
