import { afterEach, describe, expect, it, vi } from 'vitest';
import { KindScene } from '../testing/kind-scene.js';
import type { GivenObject } from '../testing/world.js';
import { podKinds } from './pods.js';

// Real files, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const kinds = podKinds({
  redact: [],
  noise: () => true,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});

let scene: KindScene | undefined;
afterEach(() => scene?.close());

async function begun(...pods: GivenObject[]): Promise<KindScene> {
  scene = new KindScene(kinds[0]);
  for (const pod of pods) scene.cluster.put(pod);
  scene.start();
  await scene.until(() => scene?.cursor !== null && (scene?.cluster.openWatches ?? 0) > 0);
  return scene;
}

function pod(name: string, status: GivenObject['status']): GivenObject {
  const owner = { kind: 'DaemonSet', name: 'agent', uid: 'uid-d', controller: true };
  const metadata = { name, namespace: 'shop', ownerReferences: [owner] };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: 'node-1' }, status };
}

function container(state: object, more: object = {}): GivenObject['status'] {
  return JSON.parse(
    JSON.stringify({ containerStatuses: [{ name: 'agent', image: 'acme/agent:1', state, ...more }] }),
  );
}

const well = container({ running: {} });
const ended = { exitCode: 137, reason: 'OOMKilled', containerID: 'containerd://1234567890ab' };
const killed = container({ terminated: ended });
const looping = container({ waiting: { reason: 'CrashLoopBackOff' } }, { lastState: { terminated: ended } });

describe('pods under watch', () => {
  it('are told of once, over a kill, a restart and a list that has to be compared', async () => {
    const { cluster, ...rest } = await begun(pod('agent-a', well), pod('agent-b', looping));
    expect(rest.told).toEqual([]);
    cluster.put(pod('agent-a', killed));
    await scene?.killAtNextPage(true);
    await scene?.settled();
    await scene?.stop();
    cluster.put(pod('agent-a', looping));
    cluster.compact();
    scene?.start();
    await scene?.settled();
    expect(scene?.facts()).toEqual(['agent OOMKilled', 'agent crash looping: exit code 137']);
  });

  it('that find no node are told as soon as that has lasted for a minute', async () => {
    const { cluster, clock } = await begun(pod('agent-a', well));
    const lastTransitionTime = new Date(clock.now()).toISOString();
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', lastTransitionTime };
    cluster.put(pod('agent-b', { conditions: [condition] }));
    await scene?.pass(50_000, 1_000);
    expect(scene?.told).toEqual([]);
    await scene?.pass(20_000, 1_000);
    cluster.bookmark();
    await scene?.pass(10_000, 1_000);
    expect(scene?.told).toEqual(["agent can't be scheduled: Unschedulable"]);
  });
});
