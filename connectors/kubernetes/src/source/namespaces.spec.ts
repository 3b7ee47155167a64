import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KindScene, deployment, pretendKind } from '../testing/kind-scene.js';
import { forbidden } from '../testing/scripted-cluster.js';

let scene: KindScene;

afterEach(() => scene.close());

describe('namespaces', () => {
  it('are each reflected by themselves, and one that is added later is a baseline', async () => {
    scene = new KindScene(pretendKind, { namespaces: ['shop'] });
    scene.cluster.put(deployment('api', 1));
    scene.cluster.put(deployment('db', 1, 'data'));
    scene.start();
    await scene.settled();
    await scene.stop();

    Object.assign(scene, { options: { namespaces: ['shop', 'data'] } });
    scene.cluster.put(deployment('api', 2));
    scene.start();
    await scene.until(() => scene.cluster.openWatches === 2);
    scene.cluster.put(deployment('db', 2, 'data'));
    await scene.settled();
    expect(scene.told).toEqual(['api 1→2', 'db 1→2']);
    expect(scene.coverage).toEqual([]);
  });

  it('are blind until each of them is known again, however often that is begun', async () => {
    scene = new KindScene(pretendKind, { namespaces: ['shop', 'data'] });
    scene.start();
    await scene.until(() => scene.cluster.openWatches === 2 && scene.watermark !== null);
    await scene.stop();
    const from = scene.watermark;
    for (const file of readdirSync(scene.dir)) rmSync(join(scene.dir, file));

    const list = scene.cluster.list.bind(scene.cluster);
    scene.cluster.list = async (scope, next, signal) => {
      if (scope.namespace === 'data') throw forbidden();
      return list(scope, next, signal);
    };
    const lost = scene.cursor;
    scene.start();
    await scene.until(() => scene.failure !== undefined && scene.cursor !== lost);
    await scene.stop();
    expect(scene.coverage).toEqual([]);

    scene.cluster.list = list;
    await scene.clock.advance(60_000);
    scene.start();
    await scene.until(() => scene.cluster.openWatches === 2 && scene.coverage.length > 0);
    expect(scene.coverage).toMatchObject([{ kind: 'blind', from }]);
    await scene.stop();
    scene.start();
    await scene.settled();
    expect(scene.coverage).toHaveLength(1);
  });
});
