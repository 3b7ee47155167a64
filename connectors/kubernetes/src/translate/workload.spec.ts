import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import {
  type Version,
  type Wanted,
  allNoise,
  cluster,
  firstWanted,
  instantAt,
  specOf,
  toldOf,
  versionOf,
} from '../testing/workload-life.js';
import { keepWorkload } from './kept-workload.js';
import { translateWorkload } from './workload.js';

/** What a second version of a Deployment tells, a minute after the first. */
function toldBy(
  edit: Partial<Wanted>,
  change: (version: Version) => void = () => undefined,
): SourceEvent | undefined {
  const second = versionOf({ ...firstWanted, ...edit }, 2, 60);
  change(second);
  const [event, ...others] = toldOf([versionOf(firstWanted, 1, 0), second])[1] ?? [];
  expect(others).toEqual([]);
  return event;
}

describe('a change of a workload', () => {
  it.each<[Partial<Wanted>, string, string]>([
    [{ image: 'ghcr.io/acme/api:1.1.0' }, 'deployed', 'api deployed: 1.0.0 → 1.1.0'],
    [
      { image: 'ghcr.io/acme/api:2', sidecar: 'envoy:2' },
      'deployed',
      'api deployed: api 1.0.0 → 2, proxy 1 → 2',
    ],
    [{ sidecar: 'envoy:2' }, 'deployed', 'api deployed: proxy 1 → 2'],
    [{ level: 'debug' }, 'config_rollout', 'api reconfigured: LOG_LEVEL'],
    [{ restartedAt: '2026-11-24T10:00:30Z' }, 'restarted', 'api restarted'],
    [{ replicas: 5 }, 'scaled', 'api scaled 2 → 5'],
    [{ paused: true }, 'paused', 'api paused'],
    [{ surge: 2 }, 'object_edited', 'Deployment api edited: strategy.rollingUpdate.maxSurge'],
    [{ label: 'b' }, 'object_edited', 'Deployment api edited: team'],
  ])('%j is told as %s', (edit, type, title) => {
    expect(toldBy(edit)).toMatchObject({
      type,
      title,
      actor: 'kubectl edit',
      project: 'prod/shop',
      subject: 'prod/shop/deployment/api',
      environment: 'production',
      timestamp: instantAt(60),
    });
  });

  it('that restarts it tells nothing else, though its template had no annotations before', () => {
    expect(toldBy({ restartedAt: '2026-11-24T10:00:30Z' })?.data).not.toHaveProperty('changes');
  });

  it('of several things at once is told as the most telling, with all of them', () => {
    const event = toldBy({ image: 'ghcr.io/acme/api:1.1.0', level: 'debug', replicas: 3, label: 'b' });
    expect(event).toMatchObject({
      type: 'deployed',
      data: {
        images: [{ container: 'api', tag: { old: '1.0.0', new: '1.1.0' } }],
        replicas: { old: 2, new: 3 },
        changes: [
          { path: 'metadata.labels.team', old: 'a', new: 'b' },
          { path: 'spec.template.spec.containers[api].env[LOG_LEVEL].value', old: 'info', new: 'debug' },
        ],
      },
    });
  });

  it('by the autoscaler is told as autoscaled, unless it came with something else', () => {
    const byAutoscaler = ({ managers, at }: Version) => {
      const fields = { 'f:spec': { 'f:replicas': {} } };
      const more = { subresource: 'scale', time: at, fields };
      managers.splice(0, 9, { manager: 'kube-controller-manager', operation: 'Update', ...more });
    };
    expect(toldBy({ replicas: 5 }, byAutoscaler)).toMatchObject({
      type: 'autoscaled',
      title: 'api autoscaled 2 → 5',
    });
    expect(toldBy({ replicas: 5, surge: 2 }, byAutoscaler)?.type).toBe('scaled');
  });

  it('says which image, version and commit it hangs together with', () => {
    const sha = 'd'.repeat(40);
    const event = toldBy({ image: 'ghcr.io/acme/api:1.1.0' }, ({ object }) => {
      object.metadata['annotations'] = {
        'org.opencontainers.image.revision': sha,
        'argocd.argoproj.io/tracking-id': 'shop-api:apps/Deployment:shop/api',
        'kubernetes.io/change-cause': 'The limit is raised',
      };
    });
    expect(event?.refs).toEqual([
      'image:ghcr.io/acme/api:1.1.0',
      'image:envoy:1',
      'version:api@1.1.0',
      'version:acme/api@1.1.0',
      'version:envoy@1',
      `commit:${sha}`,
      'env:production',
    ]);
    expect(event?.data).toMatchObject({
      managed_by: { tool: 'Argo CD', name: 'shop-api' },
      change_cause: 'The limit is raised',
    });
  });

  it('that was found by a comparison is dated by its author, else lies in a gap', () => {
    const [first, second] = [versionOf(firstWanted, 1, 0), versionOf({ ...firstWanted, replicas: 3 }, 2, 60)];
    expect(toldOf([first, second], 'compared')[1]?.[0]).toMatchObject({ time_precision: 'exact' });
    expect(toldOf([first, { ...second, managers: [] }], 'compared')[1]?.[0]).toMatchObject({
      timestamp: instantAt(60),
      time_precision: 'gap',
      data: { seen_between: { from: instantAt(0), to: instantAt(60) } },
    });
  });
});

describe('noise', () => {
  const noise: Record<string, (object: Version['object']) => void> = {
    status: (object) => (object['status'] = { observedGeneration: 0, replicas: 7 }),
    resourceVersion: (object) => (object.metadata.resourceVersion = '99'),
    managedFields: (object) => (object.metadata['managedFields'] = [{ manager: 'x' }]),
    annotations: (object) =>
      (object.metadata['annotations'] = {
        'deployment.kubernetes.io/revision': '4',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'control-plane.alpha.kubernetes.io/leader': '{}',
      }),
  };

  it.each(Object.keys(noise))('of %s leaves what is kept as it is', (name) => {
    const { object } = versionOf(firstWanted, 1, 0);
    const kept = keepWorkload('Deployment', object, allNoise);
    noise[name]?.(object);
    expect(keepWorkload('Deployment', object, allNoise, kept)).toEqual(kept);
  });

  it('is told when its rule is switched off', () => {
    const [first, second] = [versionOf(firstWanted, 1, 0), versionOf(firstWanted, 1, 60)];
    noise['annotations']?.(second.object);
    const keep = ({ object }: Version) =>
      keepWorkload('Deployment', object, (rule) => rule !== 'revision') ?? null;
    const step = { before: keep(first), after: keep(second), managers: [] };
    expect(translateWorkload('Deployment', step, cluster, { at: second.at })).toMatchObject({
      kind: 'events',
      events: [{ type: 'object_edited', data: { changes: [{ new: '4' }] } }],
    });
  });

  it('of generations that come to nothing says why', () => {
    const versions = [versionOf(firstWanted, 1, 0), versionOf(firstWanted, 3, 60)];
    const [before = null, after = null] = versions.map(({ object }) =>
      keepWorkload('Deployment', object, allNoise),
    );
    const step = { before, after, managers: [] };
    const told = (sighting: { at: string; since?: string }) =>
      translateWorkload('Deployment', step, cluster, sighting);
    expect(told({ at: instantAt(60) })).toEqual({ kind: 'ignored', reason: 'bookkeeping' });
    expect(told({ at: instantAt(60), since: instantAt(0) })).toEqual({ kind: 'ignored', reason: 'unseen' });
  });
});

describe('the outcome of a rollout', () => {
  const image = 'ghcr.io/acme/api:1.1.0';
  const counts = (observedGeneration: number, updatedReplicas: number) => ({
    observedGeneration,
    replicas: 2,
    updatedReplicas,
    readyReplicas: updatedReplicas,
    availableReplicas: updatedReplicas,
  });
  const late = {
    ...counts(2, 1),
    conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
  };

  it('is told once, a success after a failure, too, and not again when it is scaled', () => {
    const deployed = { ...firstWanted, image };
    const told = toldOf([
      versionOf(firstWanted, 1, 0, counts(1, 2)),
      versionOf(deployed, 2, 60, counts(1, 2)),
      versionOf(deployed, 2, 61, counts(2, 0)),
      versionOf(deployed, 2, 700, late),
      versionOf(deployed, 2, 800, counts(2, 2)),
      versionOf({ ...deployed, replicas: 1 }, 3, 900, counts(2, 2)),
      versionOf({ ...deployed, replicas: 1 }, 3, 901, { ...counts(3, 1), replicas: 1 }),
    ]);
    expect(told.slice(1).map((events) => events.map(({ type }) => type))).toEqual([
      ['deployed'],
      [],
      ['rollout_failed'],
      ['rollout_succeeded'],
      ['scaled'],
      [],
    ]);
    expect(told[3]?.[0]).toMatchObject({
      title: 'Rollout of api failed: ProgressDeadlineExceeded',
      status: 'failure',
      severity: 'error',
      key_parts: ['cluster-uid', 'uid-1', '2', 'rollout_failed'],
      data: { rollout: { desired: 2, updated: 1 } },
    });
    expect(told[4]?.[0]).toMatchObject({ title: 'Rollout of api succeeded: 1.1.0', status: 'success' });
  });

  it('is found by a comparison, together with the change', () => {
    const versions = [
      versionOf(firstWanted, 1, 0, counts(1, 2)),
      versionOf({ ...firstWanted, image }, 2, 60, counts(2, 2)),
    ];
    expect(toldOf(versions, 'compared')[1]?.map(({ type }) => type)).toEqual([
      'deployed',
      'rollout_succeeded',
    ]);
  });
});

describe('the beginning and the end of a workload', () => {
  const version = versionOf(firstWanted, 1, 30);
  const kept = keepWorkload('Deployment', version.object, allNoise) ?? null;
  const tell = (before: JsonObject | null, after: JsonObject | null) =>
    translateWorkload('Deployment', { before, after, managers: version.managers }, cluster, {
      at: instantAt(60),
    });

  it('are told with what it ran', () => {
    expect(tell(null, kept)).toMatchObject({
      events: [
        {
          type: 'workload_created',
          title: 'Deployment api created: 1.0.0',
          timestamp: instantAt(0),
          actor: 'kubectl edit',
          data: { images: [{ container: 'api', old: null, new: 'ghcr.io/acme/api:1.0.0' }, {}] },
        },
      ],
    });
    expect(tell(kept, null)).toMatchObject({
      events: [{ type: 'workload_deleted', title: 'Deployment api deleted', timestamp: instantAt(60) }],
    });
  });

  it.each([{}, { metadata: 7 }, { metadata: { uid: 'x' }, spec: [] }])(
    'of what can’t be read are not: %j',
    (odd) => {
      expect(tell(odd, { ...kept, spec: specOf(firstWanted) })).toEqual({
        kind: 'unsupported',
        what: 'Deployment',
      });
    },
  );
});
