import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/clocks.js';
import { Bell } from './bell.js';

const forever = new AbortController().signal;

describe('a bell', () => {
  it('ends a sleep, or the next one when nobody sleeps', async () => {
    const [bell, clock] = [new Bell(), new ManualClock()];
    const sleep = bell.sleep(clock, 60_000, forever);
    bell.ring();
    await sleep;
    bell.ring();
    await bell.sleep(clock, 60_000, forever);
    expect(clock.sleeps).toEqual([60_000, 60_000]);
  });

  it('ends a sleep by throwing when it is time to stop', async () => {
    const stop = new AbortController();
    const sleep = new Bell().sleep(new ManualClock(), 60_000, stop.signal);
    stop.abort(new Error('stop'));
    await expect(sleep).rejects.toThrow('stop');
    await expect(new Bell().sleep(new ManualClock(), 1, stop.signal)).rejects.toThrow('stop');
  });

  it('leaves nothing behind, however often it sleeps', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const clock = { now: () => 0, random: () => 0, sleep: () => Promise.resolve() };
    const bell = new Bell();
    const sleepOften = async () => {
      for (let n = 0; n < 30_000; n += 1) await bell.sleep(clock, 1, forever);
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = await sleepOften();
    expect((await sleepOften()) - before).toBeLessThan(700_000);
  });
});
