import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { KindScene, deployment } from '../testing/kind-scene.js';

// Real files, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

/** Steps of which some undo others, and what is told of them. */
const life: readonly [(scene: KindScene) => void, string][] = [
  [({ cluster }) => cluster.put(deployment('api', 2)), 'api 1→2'],
  [({ cluster }) => cluster.put(deployment('api', 1)), 'api 2→1'],
  [({ cluster }) => cluster.put(deployment('api', 2)), 'api 1→2'],
  [({ cluster }) => cluster.put(deployment('web', 1)), 'web -→1'],
  [({ cluster }) => cluster.remove(deployment('db', 1)), 'db 1→-'],
  [({ cluster }) => cluster.put(deployment('db', 7)), 'db -→7'],
  [({ cluster }) => cluster.put(deployment('web', 2)), 'web 1→2'],
  [({ cluster }) => cluster.remove(deployment('web', 2)), 'web 2→-'],
];

async function begun(): Promise<KindScene> {
  const scene = new KindScene();
  scene.cluster.put(deployment('api', 1));
  scene.cluster.put(deployment('db', 1));
  scene.start();
  await scene.until(() => scene.cursor !== null && scene.cluster.openWatches > 0);
  return scene;
}

describe('a kill', () => {
  it.each([false, true])('at any page, stored: %s, loses no step', async (stored) => {
    for (let killed = 0; killed < life.length; killed += 1) {
      const scene = await begun();
      for (const [index, [step]] of life.entries()) {
        step(scene);
        if (index === killed) await scene.killAtNextPage(stored);
        await scene.pass(300);
      }
      await scene.settled();
      expect(scene.facts()).toEqual(life.map(([, told]) => told));
      await scene.close();
    }
  });

  it('at any time, among other troubles, leaves each fact told, by its own key', async () => {
    const moment = fc.constantFrom('pass', 'end', 'kill', 'kill behind', 'refuse', 'restart');
    await fc.assert(
      fc.asyncProperty(
        fc.array(moment, { minLength: life.length, maxLength: life.length }),
        async (moments) => {
          const scene = await begun();
          for (const [index, [step]] of life.entries()) {
            step(scene);
            const what = moments[index];
            if (what === 'pass') await scene.pass(300);
            if (what === 'end') scene.cluster.stopWatches('end');
            if (what === 'kill' || what === 'kill behind') await scene.killAtNextPage(what === 'kill behind');
            if (what === 'refuse') await scene.refuseNextPage();
            if (what === 'restart') {
              await scene.stop();
              scene.start();
            }
          }
          await scene.until(() => scene.facts().length >= life.length);
          await scene.pass(6_000);
          expect(scene.facts()).toEqual(life.map(([, told]) => told));
          expect(scene.coverage).toEqual([]);
          await scene.close();
        },
      ),
      { numRuns: 12, examples: [[life.map(() => 'end')]] },
    );
  });
});
