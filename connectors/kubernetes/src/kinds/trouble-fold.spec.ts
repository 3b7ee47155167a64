import type { SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { instantAt } from '../testing/workload-life.js';
import type { Kept } from '../translate/facts.js';
import type { Folded } from './fold.js';
import { podKinds } from './pods.js';

const [kind] = podKinds({
  redact: [],
  noise: () => true,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});
const cluster = { name: 'prod', uid: 'cluster-uid' };

/** Pods of one Deployment, and what is told of them in the course of time. */
class Pods {
  readonly told: SourceEvent[] = [];
  readonly #kept = new Map<string, Kept>();
  #state: unknown = kind?.fold?.empty;

  see(name: string, status: object | null, second: number): this {
    const before = this.#kept.get(name) ?? null;
    const after = status && this.#keep(name, status, before);
    if (after) this.#kept.set(name, after);
    else this.#kept.delete(name);
    const step = { before, after, managers: [] };
    const sighting = { at: instantAt(second) };
    const translation = kind?.translate(step, cluster, sighting);
    const events = translation?.kind === 'events' ? translation.events : [];
    return this.#take(kind?.fold?.add(this.#state, step, events, sighting));
  }

  /** Everything up to this instant has been seen. */
  reach(second: number): this {
    return this.#take(kind?.fold?.due(this.#state, instantAt(second)));
  }

  /** A restart: what is known comes back from a file. */
  restart(): this {
    this.#state = kind?.fold?.state.parse(JSON.parse(JSON.stringify(this.#state)));
    return this;
  }

  get state(): unknown {
    return this.#state;
  }

  titles(): string[] {
    return this.told.map(({ title }) => title);
  }

  #keep(name: string, status: object, before: Kept | null): Kept | null {
    const owner = { kind: 'StatefulSet', name: 'api', uid: 'uid-s', controller: true };
    const metadata = { uid: name, name, namespace: 'shop', resourceVersion: '1', ownerReferences: [owner] };
    const object = JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec: {}, status }));
    return kind?.keep(object, before ?? undefined) ?? null;
  }

  #take(folded: Folded<unknown> | undefined): this {
    this.#state = folded?.state;
    this.told.push(...(folded?.events ?? []));
    return this;
  }
}

const running = { containerStatuses: [{ name: 'api', image: 'acme/api:1', state: { running: {} } }] };

function killed(second: number, image = 'acme/api:1') {
  const terminated = {
    exitCode: 137,
    reason: 'OOMKilled',
    finishedAt: instantAt(second),
    containerID: `c://${second}`,
  };
  return { containerStatuses: [{ name: 'api', image, state: { terminated } }] };
}

function unschedulable(second: number) {
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no room' };
  return { conditions: [{ ...condition, lastTransitionTime: instantAt(second) }] };
}

describe('troubles of the pods of one workload', () => {
  it('are told at once, and those that follow within five minutes as one more with their number', () => {
    const pods = new Pods().see('api-0', running, 0).see('api-0', killed(10), 10);
    expect(pods.titles()).toEqual(['api OOMKilled']);
    pods.see('api-1', killed(20), 20).see('api-2', killed(100), 100).reach(309);
    expect(pods.titles()).toEqual(['api OOMKilled']);
    pods.restart().reach(310).reach(700);
    expect(pods.titles()).toEqual(['api OOMKilled', 'api OOMKilled (2 more within 5 minutes)']);
    expect(pods.told[1]).toMatchObject({
      key_parts: ['cluster-uid', 'api-0', 'api', 'oom_killed', '10', 'more'],
      timestamp: instantAt(100),
      data: { count: 2, pods: ['api-1', 'api-2'] },
    });
  });

  it('are told at once again when there were none for as long', () => {
    const pods = new Pods().see('api-0', killed(0), 0).see('api-1', killed(300), 300);
    expect(pods.titles()).toEqual(['api OOMKilled', 'api OOMKilled']);
  });

  it('that go on for ever are told now and then, the same whenever that is looked for', () => {
    const titles = [true, false].map((isLookedFor) => {
      const pods = new Pods();
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        pods.see(`api-${minute}`, killed(minute * 60), minute * 60);
        if (isLookedFor) pods.restart().reach(minute * 60);
      }
      expect(new Set(pods.told.map(({ key_parts }) => key_parts.join(' '))).size).toBe(pods.told.length);
      return pods.titles();
    });
    expect(titles[0]).toEqual(titles[1]);
    expect(titles[0]?.slice(0, 5)).toEqual([
      'api OOMKilled',
      'api OOMKilled (4 more within 5 minutes)',
      'api OOMKilled (10 more within 10 minutes)',
      'api OOMKilled (20 more within 20 minutes)',
      'api OOMKilled (30 more within 30 minutes)',
    ]);
    expect(titles[0]).toHaveLength(50);
  });

  it('of another image are told at once', () => {
    const pods = new Pods().see('api-0', killed(0), 0).see('api-1', killed(1, 'acme/api:2'), 1);
    expect(pods.titles()).toEqual(['api OOMKilled', 'api OOMKilled']);
  });

  it('are told each by itself where they differ', () => {
    const evicted = { phase: 'Failed', reason: 'Evicted', message: 'low on memory' };
    const pods = new Pods().see('api-0', killed(0), 0).see('api-1', evicted, 1);
    expect(pods.titles()).toEqual(['api OOMKilled', 'api evicted: low on memory']);
  });

  it('leave nothing behind', () => {
    const pods = new Pods()
      .see('api-0', killed(0), 0)
      .see('api-1', unschedulable(1), 1)
      .reach(1_000)
      .reach(4_000);
    expect(pods.state).toEqual(kind?.fold?.empty);
  });
});

describe('thousands of pods at once', () => {
  it('are counted, and no state grows by what each of them tells', () => {
    const evicted = { phase: 'Failed', reason: 'Evicted', message: 'low on memory' };
    const pods = new Pods();
    for (let index = 0; index < 2_000; index += 1) pods.see(`api-${index}`, evicted, 1);
    expect(JSON.stringify(pods.state).length).toBeLessThan(5_000);
    pods.reach(400);
    expect(pods.titles()).toEqual([
      'api evicted: low on memory',
      'api evicted: low on memory (1999 more within 5 minutes)',
    ]);
    expect(pods.told[1]?.data).toMatchObject({ count: 1_999, pods: { length: 20 } });
  });
});

describe('a pod that finds no node', () => {
  it('is told only once that has lasted for a minute', () => {
    const pods = new Pods().see('api-0', unschedulable(0), 1).reach(59);
    expect(pods.titles()).toEqual([]);
    pods.restart().reach(60);
    expect(pods.titles()).toEqual(["api can't be scheduled: no room"]);
    expect(pods.told[0]).toMatchObject({ timestamp: instantAt(0) });
    expect(pods.reach(1_000).titles()).toHaveLength(1);
  });

  it('is not told when it finds one in time, or is gone', () => {
    const found = new Pods().see('api-0', unschedulable(0), 1).see('api-0', running, 30).reach(1_000);
    const gone = new Pods().see('api-0', unschedulable(0), 1).see('api-0', null, 30).reach(1_000);
    expect([found.titles(), gone.titles()]).toEqual([[], []]);
  });

  it('is one of many', () => {
    const pods = new Pods();
    for (const name of ['api-0', 'api-1', 'api-2']) pods.see(name, unschedulable(0), 1);
    expect(pods.reach(60).reach(300).titles()).toEqual([
      "api can't be scheduled: no room",
      "api can't be scheduled: no room (2 more within 5 minutes)",
    ]);
  });

  it('keeps the state as it is while nothing comes of it', () => {
    const pods = new Pods().see('api-0', unschedulable(0), 1);
    const { state } = pods;
    expect(pods.reach(30).see('api-1', running, 31).state).toBe(state);
  });
});
