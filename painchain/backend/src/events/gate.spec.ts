import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';

const held = () => {
  let release!: () => void;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
};

describe('Gate', () => {
  it('runs as many as it may, lets others wait and sends the rest away', async () => {
    const gate = new Gate(2, 1);
    const tasks = [held(), held(), held()] as const;
    const started: number[] = [];
    const runs = tasks.map((task, n) =>
      gate.run(() => {
        started.push(n);
        return task.promise;
      }),
    );
    await expect(gate.run(async () => undefined)).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 1,
    });
    expect(started).toEqual([0, 1]);
    tasks[0].release();
    await runs[0];
    expect(started).toEqual([0, 1, 2]);
    tasks[1].release();
    tasks[2].release();
    await Promise.all(runs);
    await expect(gate.run(async () => 'free again')).resolves.toBe('free again');
  });

  it('gives the place back when a task fails', async () => {
    const gate = new Gate(1, 0);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate.run(async () => 'yes')).resolves.toBe('yes');
  });
});
