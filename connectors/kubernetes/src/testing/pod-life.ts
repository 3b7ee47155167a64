import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import fc from 'fast-check';
import type { Kept } from '../translate/facts.js';
import { keepPod } from '../translate/kept-pod.js';
import { translatePod } from '../translate/pod.js';
import { cluster, instantAt } from './workload-life.js';

const metadata = {
  uid: 'uid-p',
  name: 'api-7d4b9c6f5-x2x4z',
  namespace: 'shop',
  labels: { app: 'api', 'pod-template-hash': '7d4b9c6f5' },
  ownerReferences: [{ kind: 'ReplicaSet', name: 'api-7d4b9c6f5', uid: 'uid-rs', controller: true }],
};

export function podWith(status: JsonObject, more: JsonObject = {}): JsonObject {
  return { metadata: { ...metadata, ...more }, spec: { nodeName: 'node-1' }, status };
}

/** A status with one container in it. */
export function statusOf(container: JsonObject): JsonObject {
  return {
    phase: 'Running',
    containerStatuses: [
      { name: 'api', image: 'ghcr.io/acme/api:1.4.2', ready: false, restartCount: 0, ...container },
    ],
  };
}

export function keptPod(object: JsonObject, before?: Kept | null): Kept {
  const kept = keepPod(object, (message) => message, before ?? undefined);
  if (!kept) throw new Error('it is a pod');
  return kept;
}

/** What the connector tells of a pod that is seen in these states, one after the other. */
export function toldOfLife(statuses: readonly JsonObject[], first: Kept | null = null): SourceEvent[][] {
  let before = first;
  return statuses.map((status) => {
    const after = keptPod(podWith(status), before);
    const step = { before, after, managers: [] };
    before = after;
    const translation = translatePod(step, ['pod_turnover'], cluster, { at: instantAt(1_000_000) });
    return translation.kind === 'events' ? translation.events : [];
  });
}

/** What happens to a container. A run is `long` when its kubelet forgives it the crashes before. */
export type Deed =
  | { does: 'waits'; words: string }
  | { does: 'runs'; long: boolean; code: number }
  | { does: 'backs off' }
  | { does: 'beats' };

export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    does: fc.constant('waits' as const),
    words: fc.constantFrom('ErrImagePull', 'ImagePullBackOff', 'ContainerCreating'),
  }),
  fc.record({
    does: fc.constant('runs' as const),
    long: fc.boolean(),
    // 137 is a container without enough memory here.
    code: fc.constantFrom(0, 1, 137),
  }),
  fc.constant({ does: 'backs off' as const }),
  fc.constant({ does: 'beats' as const }),
);

/** A life as its kubelet reports it, and the types of what is to be told of each state. */
export interface PodLife {
  statuses: JsonObject[];
  expected: string[][];
}

/** Lives through some deeds, telling by itself what a human would call news. */
export function livedPod(given: readonly Deed[]): PodLife {
  const life: PodLife = { statuses: [statusOf({ state: { running: {} } })], expected: [[]] };
  let [now, restarts, loops] = [0, 0, false];
  let last: JsonObject | undefined;
  let failing = -1;
  const report = (state: JsonObject, news: string[] = [], lastState: JsonObject | undefined = last) => {
    life.statuses.push(
      statusOf({ restartCount: restarts, state, ...(lastState && { lastState: { terminated: lastState } }) }),
    );
    life.expected.push(news);
  };
  for (const deed of given) {
    if (deed.does === 'beats') {
      life.statuses.push(life.statuses.at(-1) ?? {});
      life.expected.push([]);
    } else if (deed.does === 'waits') {
      const isNews = deed.words !== 'ContainerCreating' && failing !== restarts;
      if (isNews) failing = restarts;
      report({ waiting: { reason: deed.words } }, isNews ? ['image_pull_failing'] : []);
    } else if (deed.does === 'runs') {
      const startedAt = instantAt(now);
      now += deed.long ? 3_600 : 30;
      const run = {
        exitCode: deed.code,
        reason: deed.code === 137 ? 'OOMKilled' : deed.code ? 'Error' : 'Completed',
        startedAt,
        finishedAt: instantAt(now),
        containerID: `containerd://${String(now).padStart(12, '0')}`,
      };
      if (deed.long) loops = false;
      const types = deed.code === 137 ? ['pod_oom_killed'] : deed.code ? ['pod_failed'] : [];
      report({ terminated: run }, loops ? [] : types);
      restarts += 1;
      last = run;
      report({ running: { startedAt: instantAt(now) } });
    } else if (last) {
      report({ waiting: { reason: 'CrashLoopBackOff' } }, loops ? [] : ['pod_crash_looping']);
      loops = true;
    }
  }
  return life;
}
