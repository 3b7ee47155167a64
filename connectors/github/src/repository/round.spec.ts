import { expect, it } from 'vitest';
import { RepositoryScene, StubLook } from '../testing/repository-scene.js';

/** A look that takes its time. */
class SlowLook extends StubLook {
  scene: RepositoryScene | undefined;

  override get look() {
    const { look, ...rest } = super.look;
    return {
      ...rest,
      look: (...given: Parameters<typeof look>) => {
        this.scene?.github.pass(90);
        return look(...given);
      },
    };
  }
}

it('what a look finds is dated by that look, however long the ones before it took', async () => {
  const [push, tag] = [new SlowLook('push'), new StubLook('tag')];
  const scene = new RepositoryScene([push, tag]);
  push.scene = scene;
  const began = scene.github.at;
  await scene.round();
  await scene.round();
  const [first, second] = tag.rounds.map(({ round }) => round);
  expect(first?.at).toBe(new Date(Date.parse(began) + 90_000).toISOString());
  expect(second?.before).toBe(began);
});
