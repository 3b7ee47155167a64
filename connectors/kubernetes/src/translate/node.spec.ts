import type { JsonObject } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, instantAt } from '../testing/workload-life.js';
import type { FieldManager, Kept } from './facts.js';
import { keepNode } from './kept-node.js';
import { translateNode } from './node.js';

interface Wanted {
  ready?: boolean | undefined;
  memory?: boolean | undefined;
  cordoned?: boolean | undefined;
  kubelet?: string | undefined;
}

function conditionOf(type: string, holds: boolean, since: number, beat: number): JsonObject {
  return {
    type,
    status: holds ? 'True' : 'False',
    reason: holds ? `${type}Holds` : `${type}DoesNot`,
    message: `said at ${beat}`,
    lastHeartbeatTime: instantAt(beat),
    lastTransitionTime: instantAt(since),
  };
}

/** A node that became so at `since` and was last heard of at `beat`. */
function nodeWith(
  { ready = true, memory = false, cordoned, kubelet = 'v1.33.1' }: Wanted,
  since = 0,
  beat = 0,
): JsonObject {
  return {
    metadata: {
      uid: 'uid-n',
      name: 'node-1',
      creationTimestamp: instantAt(0),
      labels: { 'topology.kubernetes.io/zone': 'a', 'node-role.kubernetes.io/worker': '' },
    },
    spec: { ...(cordoned && { unschedulable: true }) },
    status: {
      nodeInfo: { kubeletVersion: kubelet, osImage: 'Flatcar' },
      conditions: [
        conditionOf('Ready', ready, since, beat),
        conditionOf('MemoryPressure', memory, since, beat),
        conditionOf('EtcdIsVoter', ready, since, beat),
      ],
    },
  };
}

function told(before: Kept | null, after: Kept | null, managers: FieldManager[] = []) {
  const translation = translateNode({ before, after, managers }, cluster, { at: instantAt(1_000) });
  return translation.kind === 'events' ? translation.events : [];
}

function change(from: Wanted, to: Wanted, managers: FieldManager[] = []) {
  const before = keepNode(nodeWith(from)) ?? null;
  return told(before, keepNode(nodeWith(to, 100, 110), before ?? undefined) ?? null, managers);
}

describe('a node', () => {
  it('is added and removed', () => {
    const node = keepNode(nodeWith({ ready: false })) ?? null;
    expect(told(null, node)).toMatchObject([
      {
        title: 'Node node-1 added: v1.33.1',
        type: 'node_added',
        timestamp: instantAt(0),
        subject: 'prod/node/node-1',
        project: 'prod',
      },
    ]);
    expect(told(node, null)).toMatchObject([
      { title: 'Node node-1 removed', type: 'node_removed', timestamp: instantAt(1_000) },
    ]);
  });

  it.each([
    [{}, { ready: false }, 'Node node-1 not ready: ReadyDoesNot', 'node_not_ready'],
    [{ ready: false }, {}, 'Node node-1 ready', 'node_ready'],
    [{}, { memory: true }, 'Node node-1 has memory pressure: MemoryPressureHolds', 'node_pressure'],
    [{ memory: true }, {}, 'Node node-1 has no memory pressure any more', 'node_pressure_over'],
    [{}, { cordoned: true }, 'Node node-1 cordoned', 'node_cordoned'],
    [{ cordoned: true }, {}, 'Node node-1 uncordoned', 'node_uncordoned'],
    [{}, { kubelet: 'v1.34.0' }, 'Node node-1 kubelet v1.33.1 → v1.34.0', 'node_upgraded'],
  ])('%j → %j: %s', (from, to, title, type) => {
    expect(change(from, to).map((event) => [event.title, event.type])).toEqual([[title, type]]);
  });

  it('says since when, and why', () => {
    expect(change({}, { ready: false })).toMatchObject([
      {
        timestamp: instantAt(100),
        status: 'failure',
        severity: 'error',
        data: {
          ready: { old: true, new: false },
          reason: 'ReadyDoesNot',
          message: 'said at 110',
          node: { kubelet: 'v1.33.1', os: 'Flatcar', zone: 'a', roles: 'worker', cordoned: false },
        },
      },
    ]);
  });

  it('says who has cordoned it', () => {
    const manager = {
      manager: 'kubectl-cordon',
      operation: 'Update',
      time: instantAt(90),
      fields: { 'f:spec': { 'f:unschedulable': {} } },
    };
    expect(change({}, { cordoned: true }, [manager])).toMatchObject([
      { actor: 'kubectl cordon', timestamp: instantAt(90), data: { cordoned: { old: false, new: true } } },
    ]);
  });

  it('is uncordoned each time, though nothing tells when', () => {
    const keys = [10, 20].map((second) => {
      const fieldsV1 = { 'f:spec': { 'f:unschedulable': {} } };
      const managedFields = [{ manager: 'kubectl', time: instantAt(second), fieldsV1 }];
      const { metadata, ...rest } = nodeWith({ cordoned: true });
      const cordoned = keepNode({ metadata: { ...Object(metadata), managedFields }, ...rest }) ?? null;
      return told(cordoned, keepNode(nodeWith({}), cordoned ?? undefined) ?? null)[0]?.key_parts;
    });
    expect(keys[0]).not.toEqual(keys[1]);
  });

  it('is kept alike while it is only heard of again', () => {
    const before = keepNode(nodeWith({}, 0, 0));
    expect(keepNode(nodeWith({}, 0, 300), before)).toEqual(before);
  });

  it('tells each transition of any life once, and again by the same keys', () => {
    const wanted = fc.record({
      ready: fc.boolean(),
      memory: fc.boolean(),
      cordoned: fc.boolean(),
      kubelet: fc.constantFrom('v1', 'v2'),
    });
    fc.assert(
      fc.property(fc.array(wanted, { minLength: 1, maxLength: 20 }), (life) => {
        let before: Kept | null = null;
        let was: Wanted | undefined;
        const keys: string[] = [];
        life.forEach((wish, index) => {
          const managers = [
            {
              manager: 'kubectl-cordon',
              operation: 'Update',
              time: instantAt(index),
              fields: { 'f:spec': { 'f:unschedulable': {} } },
            },
          ];
          const after: Kept | null = keepNode(nodeWith(wish, index, index), before ?? undefined) ?? null;
          const events = told(before, after, managers);
          const differs = (['ready', 'memory', 'cordoned', 'kubelet'] as const).filter(
            (name) => was && was[name] !== wish[name],
          );
          expect(events).toHaveLength(was ? differs.length : 1);
          expect(told(before, after, managers)).toEqual(events);
          keys.push(...events.map(({ key_parts }) => key_parts.join(' ')));
          [before, was] = [after, wish];
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
