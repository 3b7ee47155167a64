import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deeds, keptPod, livedPod, podWith, statusOf, toldOfLife } from '../testing/pod-life.js';
import { cluster, instantAt } from '../testing/workload-life.js';
import { keepPod } from './kept-pod.js';
import { translatePod } from './pod.js';

const running = statusOf({ ready: true, state: { running: { startedAt: instantAt(0) } } });
const sighting = { at: instantAt(60) };

function told(status: ReturnType<typeof statusOf>, before = running) {
  const [, events = []] = toldOfLife([before, status]);
  return events;
}

function ended(reason: string, exitCode: number, second = 50) {
  return {
    exitCode,
    reason,
    startedAt: instantAt(0),
    finishedAt: instantAt(second),
    containerID: `c://${second}`,
  };
}

describe('a pod that is well', () => {
  it('stops what stands beside its work once that is done', () => {
    const sidecar = { name: 'proxy', state: { terminated: ended('Error', 143) } };
    const status = statusOf({ state: { terminated: ended('Completed', 0) } });
    expect(told({ ...status, phase: 'Succeeded', initContainerStatuses: [sidecar] })).toEqual([]);
  });
});

describe('a pod’s troubles', () => {
  it('are told of a container whose name every object has', () => {
    const well = statusOf({ name: 'constructor', state: { running: {} } });
    const killed = statusOf({ name: 'constructor', state: { terminated: ended('OOMKilled', 137) } });
    expect(told(killed, well)).toMatchObject([{ type: 'pod_oom_killed' }]);
  });

  it('hold no secret that is cut', () => {
    const message = `${'x'.repeat(490)} token-0123456789`;
    const status = statusOf({ state: { terminated: { ...ended('Error', 1), message } } });
    const kept = keepPod(podWith(status), (text) => text.replace('token-0123456789', 'hmac:0'));
    expect(JSON.stringify(kept)).toContain('hmac:0');
  });

  it('are of the workload that it is one of, with all that helps to find out more', () => {
    const status = statusOf({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: ended('OOMKilled', 137) },
    });
    expect(told(status)).toEqual([
      {
        key_parts: ['cluster-uid', 'uid-p', 'api', 'oom_killed', '50'],
        title: 'api OOMKilled',
        type: 'pod_oom_killed',
        project: 'prod/shop',
        subject: 'prod/shop/deployment/api',
        environment: 'production',
        refs: ['image:ghcr.io/acme/api:1.4.2', 'version:api@1.4.2', 'env:production'],
        timestamp: instantAt(50),
        time_precision: 'exact',
        status: 'failure',
        severity: 'error',
        data: {
          kind: 'Deployment',
          namespace: 'shop',
          name: 'api',
          cluster: 'prod',
          pod: 'api-7d4b9c6f5-x2x4z',
          node: 'node-1',
          reason: 'OOMKilled',
          container: 'api',
          image: 'ghcr.io/acme/api:1.4.2',
          exit_code: 137,
          restarts: 1,
          containers: [
            {
              name: 'api',
              image: 'ghcr.io/acme/api:1.4.2',
              state: 'running',
              ready: false,
              restarts: 1,
              last_run: {
                reason: 'OOMKilled',
                exit_code: 137,
                started_at: instantAt(0),
                finished_at: instantAt(50),
              },
            },
          ],
          kubectl: 'kubectl logs api-7d4b9c6f5-x2x4z --namespace shop --container api --previous',
        },
      },
    ]);
  });

  it.each([
    [
      'api crash looping: exit code 1',
      statusOf({
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: ended('Error', 1) },
      }),
    ],
    ['api failed: exit code 3', statusOf({ state: { terminated: ended('Error', 3) } })],
    [
      "api can't pull ghcr.io/acme/api:1.4.2: ErrImagePull",
      statusOf({ state: { waiting: { reason: 'ErrImagePull' } } }),
    ],
    [
      "api can't start api: CreateContainerConfigError",
      statusOf({
        state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } },
      }),
    ],
    [
      'api evicted: The node was low on resource: memory.',
      { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
    ],
    ['api failed: Pod was rejected', { phase: 'Failed', reason: 'OutOfcpu', message: 'Pod was rejected' }],
    [
      "api can't be scheduled: 0/3 nodes are available: 3 Insufficient cpu.",
      {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available: 3 Insufficient cpu.',
            lastTransitionTime: instantAt(1),
          },
        ],
      },
    ],
  ])('%s', (title, status) => {
    expect(told(status).map((event) => event.title)).toEqual([title]);
  });

  it('are none where it ends since it is to end, but for one without memory', () => {
    const ending = { deletionTimestamp: instantAt(40) };
    const titles = ['Error', 'OOMKilled'].map((reason) => {
      const before = keptPod(podWith(running));
      const after = keptPod(podWith(statusOf({ state: { terminated: ended(reason, 137) } }), ending), before);
      const translation = translatePod({ before, after, managers: [] }, [], cluster, sighting);
      return translation.kind === 'events' ? translation.events.map(({ title }) => title) : translation;
    });
    expect(titles).toEqual([{ kind: 'ignored', reason: 'status_only' }, ['api OOMKilled']]);
  });

  it('are found by comparing as they are by watching, only later', () => {
    const before = keptPod(podWith(running));
    const after = keptPod(podWith({ phase: 'Failed', reason: 'Evicted', message: 'low' }), before);
    const since = instantAt(0);
    const translation = translatePod({ before, after, managers: [] }, [], cluster, { ...sighting, since });
    expect(translation.kind === 'events' && translation.events[0]).toMatchObject({
      time_precision: 'gap',
      data: { seen_between: { from: since, to: sighting.at } },
    });
  });

  it('say of a pod by itself, or of one that its node has made, no more than its own name', () => {
    const owners = [[], [{ kind: 'Node', name: 'node-1', controller: true }]];
    const subjects = owners.map((ownerReferences) => {
      const after = keptPod(podWith({ phase: 'Failed', reason: 'Evicted' }, { ownerReferences }));
      const translation = translatePod(
        { before: null, after, managers: [] },
        ['pod_turnover'],
        cluster,
        sighting,
      );
      return translation.kind === 'events' && translation.events[0]?.subject;
    });
    expect(new Set(subjects)).toEqual(new Set(['prod/shop/pod/api-7d4b9c6f5-x2x4z']));
  });
});

describe('pods that come and go', () => {
  const pod = keptPod(podWith(running));

  it('are no events', () => {
    for (const [before, after] of [
      [null, pod],
      [pod, null],
    ]) {
      expect(
        translatePod(
          { before: before ?? null, after: after ?? null, managers: [] },
          ['pod_turnover'],
          cluster,
          sighting,
        ),
      ).toEqual({ kind: 'ignored', reason: 'pod_turnover' });
    }
  });

  it('are told where that rule is switched off', () => {
    const translation = translatePod({ before: pod, after: null, managers: [] }, [], cluster, sighting);
    expect(translation).toMatchObject({ kind: 'events', events: [{ type: 'object_deleted' }] });
  });

  it('are kept in few characters while nothing is wrong with them', () => {
    expect(JSON.stringify(pod).length).toBeLessThan(200);
  });
});

/** Which runs its containers have ended with, where a run that was long ends a loop. */
function lastRunsOf(status: Parameters<typeof podWith>[0]): string {
  const { containerStatuses = [] } = status as { containerStatuses?: LivedContainer[] };
  return JSON.stringify(
    containerStatuses.map(({ state, lastState }) => longRun(state) ?? longRun(lastState)),
  );
}

interface LivedContainer {
  state?: LivedState;
  lastState?: LivedState;
}
interface LivedState {
  terminated?: { startedAt?: string; finishedAt?: string };
}

function longRun(state: LivedState | undefined): string | undefined {
  const { startedAt = '', finishedAt = '' } = state?.terminated ?? {};
  return Date.parse(finishedAt) - Date.parse(startedAt) >= 600_000 ? finishedAt : undefined;
}

describe('any life of a pod', () => {
  const lives = fc.array(deeds, { maxLength: 25 }).map(livedPod);

  it('is told transition by transition, each once', () => {
    fc.assert(
      fc.property(lives, ({ statuses, expected }) => {
        const events = toldOfLife(statuses);
        expect(events.map((some) => some.map(({ type }) => type))).toEqual(expected);
        const keys = events.flat().map(({ key_parts }) => key_parts.join(' '));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('is told again from any state on by the same keys', () => {
    fc.assert(
      fc.property(lives, fc.nat(), ({ statuses }, seed) => {
        const from = seed % statuses.length;
        let kept = null as ReturnType<typeof keptPod> | null;
        for (const status of statuses.slice(0, from)) kept = keptPod(podWith(status), kept);
        const again = toldOfLife(statuses.slice(from), kept);
        expect(again).toEqual(toldOfLife(statuses).slice(from));
      }),
    );
  });

  it('calls a crash loop the same when only some of it was seen, but for the runs that end one', () => {
    fc.assert(
      fc.property(lives, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), ({ statuses }, seen) => {
        const loops = (some: typeof statuses) =>
          toldOfLife(some)
            .flat()
            .filter(({ type }) => type === 'pod_crash_looping')
            .map(({ key_parts }) => key_parts.join(' '));
        const some = statuses.filter((status, index) => {
          const before = statuses[index - 1];
          return before === undefined || seen[index] || lastRunsOf(status) !== lastRunsOf(before);
        });
        expect(loops(statuses)).toEqual(expect.arrayContaining(loops(some)));
      }),
    );
  });

  it('never fails, whatever its status is', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { maxLength: 4 }), (texts) => {
        const statuses = texts.map((text) => JSON.parse(text) as ReturnType<typeof statusOf>);
        expect(toldOfLife(statuses)).toHaveLength(statuses.length);
      }),
    );
  });
});
