import type { JsonObject } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import { translateAutoscaler, translateCronJob } from './cron-job.js';
import { keepSettings } from './settings.js';

function kept(spec: JsonObject, generation?: number) {
  const metadata = { uid: 'uid-s', name: 'nightly', namespace: 'shop', ...(generation && { generation }) };
  return keepSettings({ metadata, spec }, allNoise) ?? null;
}

const runs = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'run', image }] } } } });
const owner = (fields: JsonObject) => [
  { manager: 'kubectl-edit', operation: 'Update', time: instantAt(59), fields },
];

describe('a CronJob', () => {
  const before = { schedule: '0 2 * * *', suspend: false, jobTemplate: runs('acme/report:1') };
  const tell = (spec: JsonObject) => {
    const managers = owner({ 'f:spec': { 'f:schedule': {}, 'f:suspend': {} } });
    return translateCronJob({ before: kept(before, 1), after: kept(spec, 2), managers }, cluster, {
      at: instantAt(60),
    });
  };

  it.each<[JsonObject, string]>([
    [{ schedule: '0 3 * * *' }, 'CronJob nightly changed: schedule 0 2 * * * → 0 3 * * *'],
    [{ jobTemplate: runs('acme/report:2') }, 'CronJob nightly changed: 1 → 2'],
    [{ suspend: true }, 'CronJob nightly suspended'],
    [{ suspend: true, schedule: '0 3 * * *' }, 'CronJob nightly changed: schedule, suspend'],
  ])('that gets %j is changed', (edit, title) => {
    expect(tell({ ...before, ...edit })).toMatchObject({
      events: [{ type: 'cronjob_changed', title, key_parts: ['cluster-uid', 'uid-s', '2', 'changed'] }],
    });
  });

  it('that is as before is not', () => {
    expect(tell(before)).toEqual({ kind: 'ignored', reason: 'bookkeeping' });
  });
});

describe('what an upgraded API server shows of an object that nobody has touched', () => {
  const sighting = { at: instantAt(60), since: instantAt(0) };
  const ignored = { kind: 'ignored', reason: 'defaults' };

  it('is no change of a CronJob of the same generation', () => {
    const [before, after] = [
      kept({ schedule: '@daily' }, 1),
      kept({ schedule: '@daily', suspend: false }, 1),
    ];
    expect(translateCronJob({ before, after, managers: [] }, cluster, sighting)).toEqual(ignored);
  });

  it('is no change of an autoscaler in another version of the API', () => {
    const [before, after] = [
      { ...kept({ targetCPUUtilizationPercentage: 80 }), apiVersion: 'autoscaling/v1' },
      { ...kept({ metrics: [{ type: 'Resource' }] }), apiVersion: 'autoscaling/v2' },
    ];
    expect(translateAutoscaler({ before, after, managers: [] }, cluster, sighting)).toEqual(ignored);
  });
});

describe('an autoscaler', () => {
  const bounds = (maxReplicas: number) => kept({ minReplicas: 1, maxReplicas });
  const tell = (before: JsonObject | null, after: JsonObject | null) => {
    const managers = owner({ 'f:spec': { 'f:maxReplicas': {} } });
    return translateAutoscaler({ before, after, managers }, cluster, { at: instantAt(60) });
  };

  it('without a generation is known by from what to what it went, and when', () => {
    const edited = tell(bounds(5), bounds(10));
    expect(edited).toMatchObject({
      events: [
        {
          type: 'object_edited',
          title: 'HorizontalPodAutoscaler nightly edited: maxReplicas 5 → 10',
          actor: 'kubectl edit',
          timestamp: instantAt(59),
        },
      ],
    });
    const back = tell(bounds(10), bounds(5));
    expect(edited.kind === 'events' && edited.events[0]?.key_parts.slice(3)).toEqual([
      'edited',
      expect.any(String),
      instantAt(59),
    ]);
    expect(back.kind === 'events' && back.events[0]?.key_parts).not.toEqual(
      edited.kind === 'events' && edited.events[0]?.key_parts,
    );
  });

  it('is made and deleted', () => {
    expect(tell(null, bounds(5))).toMatchObject({ events: [{ type: 'object_created' }] });
    expect(tell(bounds(5), null)).toMatchObject({ events: [{ type: 'object_deleted' }] });
    expect(tell({}, null)).toEqual({ kind: 'unsupported', what: 'HorizontalPodAutoscaler' });
  });
});
