import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.js';

const never = new AbortController().signal;
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('a limiter', () => {
  it('lets in as many as it has places, and the others in the order they came', async () => {
    const limiter = new Limiter(2);
    const order: number[] = [];
    const leaves: (() => void)[] = [];
    const enter = async (n: number) => {
      leaves.push(await limiter.enter(never));
      order.push(n);
    };
    const all = [1, 2, 3, 4].map(enter);
    await tick();
    expect(order).toEqual([1, 2]);
    leaves[0]?.();
    leaves[0]?.();
    await tick();
    expect(order).toEqual([1, 2, 3]);
    leaves[1]?.();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('forgets whoever gave up waiting', async () => {
    const limiter = new Limiter(1);
    const leave = await limiter.enter(never);
    const stop = new AbortController();
    const waiting = limiter.enter(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    leave();
    await expect(limiter.enter(never)).resolves.toBeTypeOf('function');
  });
});
