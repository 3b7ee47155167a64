import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../cluster/cluster.js';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import { canonical } from '../translate/digest.js';
import type { Kept } from '../translate/facts.js';
import type { Kind } from './kind.js';
import { workloadKinds } from './workloads.js';

const kinds = workloadKinds({
  redact: [],
  noise: allNoise,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});
const kindOf = (name: string | undefined): Kind | undefined => kinds.find((kind) => kind.name === name);

const recorded = new URL('../../../../../shared/data/kubernetes/', import.meta.url);

interface Row {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

function rowsOf(file: string): Row[] {
  const bytes = readFileSync(new URL(file, recorded));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

/** An object of a manifest, with the least that the API server adds. */
function served(object: KubernetesObject): KubernetesObject {
  const { kind, metadata } = object;
  const name = metadata.name ?? 'api';
  return { ...object, metadata: { ...metadata, name, uid: `${kind}/${metadata.namespace}/${name}` } };
}

describe('the kinds of workloads', () => {
  it('are all watched as they are, by every name that clusters have served them by', () => {
    expect(kinds.map(({ name }) => name)).toEqual([
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'Rollout',
      'Job',
      'CronJob',
      'HorizontalPodAutoscaler',
    ]);
    expect(kinds.every(({ usual }) => usual)).toBe(true);
    expect(kindOf('HorizontalPodAutoscaler')?.resources.map(({ groupVersion }) => groupVersion)).toEqual([
      'autoscaling/v2',
      'autoscaling/v2beta2',
      'autoscaling/v1',
    ]);
  });

  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s keeps nothing of what can’t be read',
    (_, kind) => {
      expect(
        kind.keep({ apiVersion: 'v1', kind: 'x', metadata: {} } as unknown as KubernetesObject),
      ).toBeUndefined();
    },
  );
});

describe.skipIf(!existsSync(recorded))('recorded objects (skipped without shared/data)', () => {
  it('of a production tree are told version by version', () => {
    const rows = rowsOf('manifest-history-oss-prow.ndjson.gz')
      .filter(({ object }) => kindOf(object.kind))
      .slice(0, 2_000);
    const known = new Map<string, { kept: Kept; wanted: string }>();
    const types = new Map<string, number>();
    const wrong: unknown[] = [];
    rows.forEach(({ type, object: given }, index) => {
      const [kind, object] = [kindOf(given.kind), served(given)];
      const before = known.get(object.metadata.uid);
      const after = type === 'DELETED' ? null : (kind?.keep(object, before?.kept) ?? null);
      const step = { before: before?.kept ?? null, after, managers: [] };
      const told = kind?.translate(step, cluster, { at: instantAt(index) });
      const events: SourceEvent[] = told?.kind === 'events' ? told.events : [];
      const wanted = type === 'DELETED' ? '' : wantedOf(object);
      const changes = events.filter((event) => !event.type?.startsWith('rollout_'));
      if (changes.length !== (wanted === (before?.wanted ?? '') ? 0 : 1)) wrong.push(object);
      changes.forEach((event) => types.set(event.type ?? '', (types.get(event.type ?? '') ?? 0) + 1));
      if (after) known.set(object.metadata.uid, { kept: after, wanted });
      else known.delete(object.metadata.uid);
    });
    expect(wrong).toEqual([]);
    expect(rows).toHaveLength(2_000);
    expect(types.get('deployed')).toBeGreaterThan(1_000);
  }, 30_000);

  it.each(['objects.ndjson', 'object-states-is-healthy.ndjson'])('in all states are read: %s', (file) => {
    const rows = rowsOf(file).filter(({ object }) => kindOf(object.kind));
    for (const { object } of rows) {
      const kind = kindOf(object.kind);
      const after = kind?.keep(served(object)) ?? null;
      const told = kind?.translate({ before: null, after, managers: [] }, cluster, { at: instantAt(0) });
      expect(told?.kind).toBe('events');
    }
  });
});

/** What of an object is wanted by somebody, found in the plainest way. */
function wantedOf({ metadata, spec }: JsonObject & { metadata: JsonObject }): string {
  return canonical([metadata['labels'] ?? {}, metadata['annotations'] ?? {}, spec ?? null]);
}
