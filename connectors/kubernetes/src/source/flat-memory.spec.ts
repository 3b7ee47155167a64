import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KindScene, deployment } from '../testing/kind-scene.js';

// Thousands of objects, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const objects = 5_000;
const changes = 1_000;

let scene: KindScene;

beforeEach(() => {
  scene = new KindScene();
});
afterEach(() => scene.close());

/** What is in use once all that is not is thrown away. */
async function heapUsed(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return process.memoryUsage().heapUsed;
}

/** Objects change, nobody but the source remembers how they were, and nobody what was told. */
async function round(value: number): Promise<void> {
  for (let count = 0; count < changes; count += 1) {
    scene.cluster.put(deployment(`api-${count}`, value));
    scene.cluster.put({ ...deployment(`api-${count}`, value), status: { ready: value } });
  }
  await scene.until(() => scene.told.length === changes);
  scene.cluster.compact();
  for (const remembered of [scene.told, scene.events, scene.pages, scene.skipped, scene.clock.sleeps])
    remembered.length = 0;
}

describe('five thousand objects that change for long', () => {
  it('take no more room than those that have changed once', async () => {
    for (let count = 0; count < objects; count += 1) scene.cluster.put(deployment(`api-${count}`, 1));
    scene.start();
    await scene.until(() => scene.cluster.openWatches > 0);
    await round(2);
    await round(3);
    const before = await heapUsed();
    for (const value of [4, 5, 6, 7]) await round(value);
    // An event that stayed would take a hundred bytes at least, and eight thousand have come.
    expect((await heapUsed()) - before).toBeLessThan(800_000);
  });
});
