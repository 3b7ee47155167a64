import type { SourceEvent } from '@painchain/connector-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFold } from '../kinds/fold.js';
import { KindScene, deployment, pretendKind } from '../testing/kind-scene.js';

const heldMs = 10 * 60_000;
const Held = z.object({ from: z.string(), steps: z.number(), event: z.custom<SourceEvent>() });
const State = z.record(z.string(), Held);

/** Holds back what happens to an object for ten minutes and tells it in one. */
const fold = defineFold<z.infer<typeof State>>({
  state: State,
  empty: {},
  heldSeconds: heldMs / 1_000,
  add(state, _, events, { at }) {
    const [event] = events;
    if (event === undefined) return { state, events };
    const name = event.title.split(' ')[0] ?? '';
    const { from, steps } = state[name] ?? { from: at, steps: 0 };
    return { state: { ...state, [name]: { from, steps: steps + 1, event } }, events: [] };
  },
  due(state, at) {
    const isDue = ({ from }: { from: string }) => Date.parse(from) + heldMs <= Date.parse(at);
    const due = Object.entries(state).filter(([, held]) => isDue(held));
    if (due.length === 0) return { state, events: [] };
    const left = Object.entries(state).filter(([, held]) => !isDue(held));
    const events = due.map(([name, { steps, event }]) => ({ ...event, title: `${name} changed ${steps}x` }));
    return { state: Object.fromEntries(left), events };
  },
});

let scene: KindScene;

beforeEach(async () => {
  scene = new KindScene({ ...pretendKind, fold });
  scene.cluster.put(deployment('api', 1));
  scene.start();
  await scene.settled();
  for (const value of [2, 3]) scene.cluster.put(deployment('api', value));
  await scene.pass(6_000);
});
afterEach(() => scene.close());

/** The cluster says each minute that it is there. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    scene.cluster.bookmark();
    await scene.pass(60_000, 1_000);
  }
  scene.cluster.bookmark();
  await scene.pass(1_000);
}

describe('what is folded over time', () => {
  it('is told when it is due', async () => {
    await minutes(9);
    expect(scene.told).toEqual([]);
    await minutes(2);
    expect(scene.told).toEqual(['api changed 2x']);
  });

  it('goes on behind a restart', async () => {
    await scene.stop();
    scene.start();
    await scene.settled();
    scene.cluster.put(deployment('api', 4));
    scene.cluster.put(deployment('db', 1));
    await minutes(11);
    expect(scene.told).toEqual(['api changed 3x', 'db changed 1x']);
  });

  it('is told by the next process when it was not stored', async () => {
    await minutes(8);
    scene.cluster.put(deployment('db', 1));
    const killed = scene.killAtNextPage(false);
    await minutes(3);
    await killed;
    await scene.settled();
    // It may have seen the steps again, which began a window again.
    await minutes(11);
    expect(scene.told).toContain('api changed 2x');
  });

  it('is not due while the cluster can not be reached', async () => {
    await scene.pass(20 * 60_000, 5_000);
    expect(scene.told).toEqual([]);
    scene.cluster.bookmark();
    await scene.pass(1_000);
    expect(scene.told).toEqual(['api changed 2x']);
  });
});
