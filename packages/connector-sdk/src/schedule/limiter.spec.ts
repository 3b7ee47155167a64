import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('a limiter', () => {
  it('lets in as many as it has places, and the others in the order they came', async () => {
    const limiter = new Limiter(2);
    const order: number[] = [];
    const leaves: (() => void)[] = [];
    const enter = async (n: number) => {
      leaves.push(await limiter.enter());
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
    const leave = await limiter.enter();
    const stop = new AbortController();
    const waiting = limiter.enter(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    leave();
    await expect(limiter.enter()).resolves.toBeTypeOf('function');
  });

  it('lets in no more of one group than it may have, and the groups in turns', async () => {
    const limiter = new Limiter(3, 2);
    const [many, few] = [{}, {}];
    const order: string[] = [];
    const enter = async (name: string, group: object) => {
      const leave = await limiter.enter(undefined, group);
      order.push(name);
      return leave;
    };
    const first = ['a1', 'a2', 'a3', 'a4'].map((name) => enter(name, many));
    const others = ['b1', 'b2'].map((name) => enter(name, few));
    await tick();
    expect(order).toEqual(['a1', 'a2', 'b1']);
    (await first[0])?.();
    await tick();
    expect(order.at(-1)).toBe('b2');
    (await first[1])?.();
    await tick();
    expect(order.at(-1)).toBe('a3');
    (await others[0])?.();
    await tick();
    expect(order.at(-1)).toBe('a4');
  });

  it('has a place at once for a single source while a thousand of another integration hang', async () => {
    const limiter = new Limiter(8, 6);
    const [hanging, hung] = [{}, [] as (() => void)[]];
    for (let n = 0; n < 1_000; n += 1)
      void limiter.enter(undefined, hanging).then((leave) => hung.push(leave));
    for (let n = 0; n < 20; n += 1) {
      const leave = await limiter.enter(undefined, {});
      expect(hung).toHaveLength(6);
      leave();
    }
  });

  it('never has more in it than it may, whoever comes, leaves and gives up, and forgets nobody', async () => {
    const step = fc.record({ group: fc.nat(3), act: fc.constantFrom('enter', 'leave', 'give up') });
    const bounds = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
    await fc.assert(
      fc.asyncProperty(bounds, fc.array(step, { maxLength: 60 }), async ([places, each], steps) => {
        const limiter = new Limiter(places, each);
        const groups = [0, 1, 2, 3].map(() => ({ inside: [] as (() => void)[], waiting: new Set<object>() }));
        const enter = (group: (typeof groups)[number]) => {
          const ticket = new AbortController();
          group.waiting.add(ticket);
          limiter
            .enter(ticket.signal, group)
            .then((leave) => group.inside.push(leave))
            .catch(() => undefined)
            .finally(() => group.waiting.delete(ticket));
        };
        for (const { group: index, act } of steps) {
          const group = groups[index];
          if (!group) continue;
          if (act === 'enter') enter(group);
          if (act === 'leave') group.inside.shift()?.();
          const [ticket] = group.waiting;
          if (act === 'give up') (ticket as AbortController | undefined)?.abort();
          await tick();
          const inside = groups.map((one) => one.inside.length);
          const total = inside.reduce((sum, count) => sum + count, 0);
          expect(total).toBeLessThanOrEqual(places);
          expect(Math.max(...inside)).toBeLessThanOrEqual(each);
          // A place stays free only when nobody may take it.
          const could = groups.some((one) => one.waiting.size > 0 && one.inside.length < each);
          expect(total === places || !could).toBe(true);
        }
      }),
    );
  });
});
