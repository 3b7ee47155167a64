import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AllEventsService } from '../timeline/all-events.service.js';
import { ExportService } from './export.service.js';

const query = { format: 'csv', zone: 'UTC' } as const;
const clock = { now: () => new Date('2026-11-24T10:35:00Z') };

/** Events that never end, and how many pages of them were read. */
function endless() {
  const read = { pages: 0 };
  async function* rows() {
    for (;;) {
      await setImmediate();
      read.pages++;
      yield [];
    }
  }
  return { read, service: new ExportService({ rows } as unknown as AllEventsService, clock) };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

describe('ExportService', () => {
  it('breaks a file off that takes longer than ten minutes, and has its place for another', async () => {
    const { service } = endless();
    const files = await Promise.all([1, 2, 3, 4].map(() => service.open(1, query)));
    await expect(service.open(1, query)).rejects.toMatchObject({ code: 'too-many-requests' });
    const ends = files.map(({ content }) => text(content).catch(String));
    await vi.advanceTimersByTimeAsync(10 * 60 * 1_000 - 1);
    expect(files.map(({ content }) => content.destroyed)).toEqual([false, false, false, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(files.map(({ content }) => content.destroyed)).toEqual([true, true, true, true]);
    expect(await Promise.all(ends)).toEqual(Array(4).fill('Error: the export took too long'));
    expect((await service.open(1, query)).name).toBe('painchain-beginning-20261124T103500Z.csv');
  });

  it('reads a page when it is wanted and not before', async () => {
    const { service, read } = endless();
    await service.open(1, query);
    expect(read.pages).toBe(1);
  });

  it('breaks all files off when the process stops, and begins none', async () => {
    const { service } = endless();
    const { content } = await service.open(1, query);
    service.onModuleDestroy();
    await expect(text(content)).rejects.toThrow();
    await expect(service.open(1, query)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
