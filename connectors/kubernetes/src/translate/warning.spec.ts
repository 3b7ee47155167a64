import type { JsonObject } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import type { Kept } from './facts.js';
import { keepWarning } from './kept-warning.js';
import type { Noise } from './noise-rules.js';
import { translateWarning } from './warning.js';

const secrecy = { isSecret: () => false, digest: () => 'hmac:000000000000' };

const core = {
  metadata: { uid: 'uid-e', name: 'api-0.17f', namespace: 'shop' },
  type: 'Warning',
  reason: 'FailedMount',
  message: 'MountVolume.SetUp failed for volume "data": not found\nmore',
  involvedObject: { kind: 'Pod', name: 'api-7d4b9c6f5-x2x4z', namespace: 'shop' },
  source: { component: 'kubelet', host: 'node-1' },
  firstTimestamp: instantAt(10),
  lastTimestamp: instantAt(40),
  count: 3,
};

/** The same one as events.k8s.io serves it. */
const grouped = {
  metadata: core.metadata,
  type: 'Warning',
  reason: core.reason,
  note: core.message,
  regarding: core.involvedObject,
  deprecatedSource: core.source,
  reportingController: 'kubelet',
  deprecatedFirstTimestamp: instantAt(10),
  deprecatedCount: 3,
};

function kept(object: JsonObject, before?: Kept, noise: Noise = allNoise): Kept {
  const is = keepWarning(object, noise, secrecy, before);
  if (!is) throw new Error('it is an Event');
  return is;
}

function told(before: Kept | null, after: Kept | null) {
  return translateWarning({ before, after, managers: [] }, cluster, { at: instantAt(60) });
}

describe('a warning', () => {
  it.each([
    ['the core', core],
    ['events.k8s.io', grouped],
  ])('of %s is told of the workload of its pod', (_, object) => {
    expect(told(null, kept(object))).toEqual({
      kind: 'events',
      events: [
        {
          key_parts: ['cluster-uid', 'uid-e', 'warning'],
          title: 'Deployment api: FailedMount: MountVolume.SetUp failed for volume "data": not found',
          type: 'warning',
          project: 'prod/shop',
          subject: 'prod/shop/deployment/api',
          environment: 'production',
          refs: ['env:production'],
          timestamp: instantAt(10),
          time_precision: 'exact',
          status: 'warning',
          severity: 'warning',
          data: {
            kind: 'Deployment',
            namespace: 'shop',
            name: 'api',
            cluster: 'prod',
            pod: 'api-7d4b9c6f5-x2x4z',
            reason: 'FailedMount',
            message: core.message,
            component: 'kubelet',
            seen: 3,
            first_seen: instantAt(10),
            kubectl: 'kubectl describe pod api-7d4b9c6f5-x2x4z --namespace shop',
          },
        },
      ],
    });
  });

  it.each([
    ['report-29254652-x2x4z', 'CronJob', 'report'],
    ['report-29254652-0-x2x4z', 'CronJob', 'report'],
    ['report-1606780800-x2x4z', 'CronJob', 'report'],
    ['api-7d4b9c6f5-x2x4z', 'Deployment', 'api'],
    ['db-0', 'Pod', 'db-0'],
  ])('of the pod %s is told of the %s %s', (pod, kind, name) => {
    const of = { kind: 'Pod', name: pod, namespace: 'shop' };
    expect(told(null, kept({ ...core, involvedObject: of }))).toMatchObject({
      events: [{ data: { kind, name, pod } }],
    });
  });

  it('that is given again is kept alike, and no news when it is forgotten', () => {
    const first = kept(core);
    expect(kept({ ...core, count: 9, lastTimestamp: instantAt(50) }, first)).toEqual(first);
    expect(told(first, null)).toEqual({ kind: 'ignored', reason: 'expired_events' });
  });

  it.each([
    ['normal_events', { type: 'Normal', reason: 'Pulled' }],
    ['told_elsewhere', { reason: 'BackOff' }],
    ['told_elsewhere', { reason: 'FailedScheduling' }],
    [
      'told_elsewhere',
      { reason: 'ReconciliationFailed', involvedObject: { kind: 'Kustomization', name: 'apps' } },
    ],
    ['probe_failures', { reason: 'Unhealthy' }],
    ['retries', { reason: 'FailedGetResourceMetric' }],
    [
      'retries',
      {
        message: 'MountVolume.SetUp failed for volume "ca": object "shop"/"kube-root-ca.crt" not registered',
      },
    ],
    ['retries', { reason: 'FailedUpdate', message: 'x: the object has been modified; please apply' }],
  ])('is silent by the rule %s: %j', (rule, more) => {
    const object = { ...core, ...more };
    expect(told(null, kept(object))).toEqual({ kind: 'ignored', reason: rule });
    expect(
      told(
        null,
        kept(object, undefined, (name) => name !== rule),
      ),
    ).toMatchObject({ kind: 'events' });
  });

  it.each(['Unhealthy', 'FailedComputeMetricsReplicas'])('of %s is told once it is seen often', (reason) => {
    const probe = { ...core, reason };
    const [few, many] = [kept(probe), kept({ ...probe, count: 10 }, kept(probe))];
    expect(told(few, many)).toMatchObject({
      kind: 'events',
      events: [{ type: 'warning', timestamp: instantAt(60) }],
    });
    expect(kept({ ...probe, count: 11 }, many)).toEqual(many);
  });
});
