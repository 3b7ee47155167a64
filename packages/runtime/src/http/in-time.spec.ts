import { getEventListeners, once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { endedBy, inTime } from './in-time.js';

afterEach(() => void vi.restoreAllMocks());

it('ends any number of pieces of work by one signal, without a warning, and forgets them', async () => {
  const warned = vi.spyOn(process, 'emitWarning');
  const stop = new AbortController();
  const ends = Array.from({ length: 50 }, () => endedBy(stop.signal));
  expect(warned).not.toHaveBeenCalled();
  stop.abort(new Error('enough'));
  expect(new Set(ends.map(({ signal }) => (signal.reason as Error).message))).toEqual(new Set(['enough']));
  ends.forEach((end) => end.release());
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

it('tells when the time is up', async () => {
  const late = inTime(10, undefined, async (signal) => {
    await once(signal, 'abort');
    throw signal.reason;
  });
  await expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
});
