import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineFold } from '../kinds/fold.js';
import type { Kind } from '../kinds/kind.js';
import { KindScene, deployment, pretendKind } from '../testing/kind-scene.js';
import { forbidden, outage } from '../testing/scripted-cluster.js';
import { systemRhythm } from './kind-source.js';

let scene: KindScene;

beforeEach(() => {
  scene = new KindScene();
});
afterEach(() => scene.close());

const watched = async () => {
  scene.cluster.put(deployment('api', 1));
  scene.start();
  await scene.settled();
};

describe('the first start', () => {
  it('tells nothing of what is there, and each change from then on', async () => {
    await watched();
    expect(scene.told).toEqual([]);
    expect(scene.cursor).toMatchObject({ v: 1 });

    scene.cluster.put(deployment('api', 2));
    scene.cluster.put(deployment('web', 1));
    scene.cluster.remove(deployment('api', 2));
    await scene.settled();

    expect(scene.told).toEqual(['api 1→2', 'web -→1', 'api 2→-']);
    expect(scene.events.map(({ time_precision }) => time_precision)).toEqual(['exact', 'exact', 'exact']);
  });

  it('is one by the cursor of the backend, whatever lies on the disk', async () => {
    await watched();
    await scene.stop();
    scene.cursor = null;
    scene.cluster.put(deployment('api', 2));
    scene.start();
    await scene.settled();
    expect(scene.told).toEqual([]);
    expect(scene.coverage).toEqual([]);
  });

  it('tells of a kind that is installed later from its first object on', async () => {
    scene.cluster.unserved.add('apps/v1/deployments');
    scene.start();
    await scene.until(() => scene.cursor !== null);
    scene.cluster.unserved.clear();
    scene.cluster.put(deployment('api', 1));
    await scene.pass(61_000, 1_000);
    await scene.settled();
    expect(scene.told).toEqual(['api -→1']);
  });
});

describe('a restart', () => {
  it('goes on from where it was, with each step in between', async () => {
    await watched();
    await scene.stop();
    scene.cluster.put(deployment('api', 2));
    scene.cluster.put(deployment('api', 3));
    scene.start();
    await scene.settled();
    expect(scene.told).toEqual(['api 1→2', 'api 2→3']);
    expect(scene.cluster.lists).toHaveLength(1);
  });

  it('behind what the cluster remembers tells the difference, between two looks', async () => {
    for (const name of ['api', 'web', 'gone', 'same', 'reborn']) scene.cluster.put(deployment(name, 1));
    scene.start();
    await scene.settled();
    await scene.stop();
    const since = scene.watermark;

    await scene.clock.advance(3_600_000);
    scene.cluster.put(deployment('api', 2));
    scene.cluster.put(deployment('api', 3));
    scene.cluster.remove(deployment('gone', 1));
    scene.cluster.remove(deployment('reborn', 1));
    scene.cluster.put(deployment('reborn', 5));
    scene.cluster.put(deployment('new', 1));
    scene.cluster.compact();
    scene.start();
    await scene.settled();

    expect(scene.told.slice(0, -1)).toEqual(['api 1→3', 'reborn 1→-', 'reborn -→5', 'new -→1']);
    expect(scene.told.at(-1)).toBe('gone 1→-');
    const [first] = scene.events;
    expect(first).toMatchObject({ time_precision: 'gap' });
    expect(Date.parse(Object(first?.data).since as string)).toBeGreaterThanOrEqual(Date.parse(since ?? ''));
    expect(scene.coverage).toEqual([]);
  });

  it('without its snapshot is a baseline again, and says for how long it was blind', async () => {
    await watched();
    await scene.stop();
    const [file] = readdirSync(scene.dir);
    writeFileSync(join(scene.dir, file ?? ''), 'torn');
    const from = scene.watermark;
    await scene.clock.advance(60_000);
    scene.cluster.put(deployment('api', 2));
    scene.start();
    await scene.settled();
    scene.cluster.put(deployment('api', 3));
    await scene.settled();

    expect(scene.told).toEqual(['api 2→3']);
    expect(scene.coverage).toMatchObject([{ kind: 'blind', from }]);
  });

  it('behind a backend that was set back to a backup says what that has lost', async () => {
    await watched();
    const [from, cursor] = [scene.watermark, scene.cursor];
    await scene.pass(600_000, 10_000);
    scene.cluster.put(deployment('api', 2));
    await scene.settled();
    await scene.stop();
    Object.assign(scene, { watermark: from, cursor });
    scene.start();
    await scene.settled();
    expect(scene.told).toEqual(['api 1→2']);
    expect(scene.coverage).toMatchObject([{ kind: 'blind', from }]);
  });

  it('of another cluster under the same name is a baseline', async () => {
    await watched();
    await scene.stop();
    const uid = () => Promise.resolve('another');
    Object.assign(scene.cluster, { uid });
    scene.cluster.put(deployment('api', 2));
    scene.start();
    await scene.settled();
    expect(scene.told).toEqual([]);
    expect(scene.coverage).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  it('tells an outage and goes on with the same process from memory', async () => {
    const source = scene.source();
    scene.cluster.put(deployment('api', 1));
    scene.start(source);
    await scene.settled();
    scene.cluster.refuseWatches(outage());
    scene.cluster.refuseLists(outage());
    scene.cluster.stopWatches(outage());
    await scene.pass(120_000, 1_000);
    await scene.until(() => scene.failure !== undefined);
    expect(scene.failure).toMatchObject({ code: 'cluster-down' });

    await scene.stop();
    scene.cluster.permit();
    scene.cluster.put(deployment('api', 2));
    scene.start(source);
    await scene.settled();
    expect(scene.told).toEqual(['api 1→2']);
  });

  it('shows a missing right and asks for it again after five minutes', async () => {
    scene.cluster.refuseLists(forbidden());
    scene.start();
    await scene.until(() => scene.failure !== undefined);
    expect(scene.failure).toMatchObject({ kind: 'configuration', retryAfterMs: 300_000 });
  });

  it('is not stopped by an object that nobody has foreseen', async () => {
    await watched();
    scene.cluster.put(deployment('api', 'unreadable'));
    scene.cluster.put(deployment('web', 1));
    await scene.settled();
    expect(scene.told).toEqual(['web -→1']);
    expect(scene.skipped).toEqual(['Deployment']);
  });

  it('is not stopped by what can’t be kept or folded: what is known stays, and what happens is told', async () => {
    await scene.close();
    const fold = defineFold({
      state: z.null(),
      empty: null,
      heldSeconds: 0,
      add: () => {
        throw new RangeError('nobody has foreseen this');
      },
      due: () => {
        throw new RangeError('nobody has foreseen this');
      },
    });
    const keep: Kind['keep'] = (object) => {
      if (Object(object.spec).value === 'unreadable') throw new Error('nobody has foreseen this');
      return pretendKind.keep(object);
    };
    scene = new KindScene({ ...pretendKind, keep, fold });
    await watched();
    for (const value of ['unreadable', 3]) scene.cluster.put(deployment('api', value));
    await scene.settled();
    expect(scene.told).toEqual(['api 1→3']);
    expect(scene.skipped).toEqual(['Deployment']);
  });

  it('tells nothing of what is told again, and counts it', async () => {
    await watched();
    scene.cluster.put({ ...deployment('api', 1), status: { ready: 1 } });
    await scene.settled();
    expect(scene.told).toEqual([]);
    expect(scene.skipped).toEqual(['status_only']);
  });
});

describe('signs of life', () => {
  it('come each minute, and the watermark moves only with what the cluster has said', async () => {
    await watched();
    const before = scene.pages.length;
    const watermark = scene.watermark;
    await scene.pass(180_000, 1_000);
    expect(scene.pages.length - before).toBeGreaterThanOrEqual(3);
    expect(scene.watermark).toBe(watermark);

    scene.cluster.bookmark();
    await scene.pass(1_000);
    expect(Date.parse(scene.watermark ?? '')).toBeGreaterThan(scene.clock.now() - 10_000);
  });
});

describe('a clock that is set back', () => {
  afterEach(() => vi.useRealTimers());

  it('has nobody wait until it is as late again', () => {
    const before = systemRhythm.now();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    const later = systemRhythm.now();
    expect(later).toBeGreaterThanOrEqual(before);
    expect(later).toBeLessThan(before + 60_000);
  });
});

describe('thousands of changes', () => {
  it('come in pages of no more than two hundred', async () => {
    for (let count = 0; count < 450; count += 1) scene.cluster.put(deployment(`api-${count}`, 1));
    scene.start();
    await scene.settled();
    await scene.stop();
    for (let count = 0; count < 450; count += 1) scene.cluster.put(deployment(`api-${count}`, 2));
    scene.cluster.compact();
    scene.start();
    await scene.until(() => scene.told.length === 450);
    expect(Math.max(...scene.pages.map(({ events }) => events.length))).toBe(200);
    expect(scene.told[449]).toBe('api-449 1→2');
  });
});
