import { type BatchAnswer, type NewEvent, type TypedEventBatch, limits } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import { HttpError } from '@painchain/runtime/http';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { BackendClient } from '../backend/backend-client.js';
import { createConnectorMetrics } from '../metrics.js';
import { InstantClock } from '../testing/clocks.js';
import { Delivery, type DeliveryTrouble, type DeliveryWatcher } from './delivery.js';
import { LeaseLostError } from './lease-lost-error.js';

const signal = new AbortController().signal;
const deaf: DeliveryWatcher = { waiting: () => undefined, poisoned: () => undefined };

function eventOf(n: number, title = `fact ${n}`): NewEvent {
  const timestamp = '2026-11-24T07:00:00Z';
  return { key: String(n), title, connector: 'numbers', project: 'p', timestamp, data: { n } };
}

const eventsOf = (count: number) => Array.from({ length: count }, (_, n) => eventOf(n));

const status = (code: number, retryAfterMs?: number) =>
  new HttpError('status', `answered ${code}`, { status: code, retryAfterMs });

/** A backend that keeps what it takes; `judge` may throw instead. */
function harness(judge: (batch: TypedEventBatch, call: number) => void = () => undefined) {
  const stored = new Map<string, NewEvent>();
  const batches: TypedEventBatch[] = [];
  const cursors: unknown[] = [];
  const troubles: (DeliveryTrouble | undefined)[] = [];
  const poisoned: string[] = [];
  const clock = new InstantClock();
  const sendEvents = async (batch: TypedEventBatch): Promise<BatchAnswer> => {
    batches.push(batch);
    judge(batch, batches.length);
    cursors.push(...(batch.sources ?? []).map(({ cursor }) => cursor));
    const results = batch.events.map((event) => {
      const known = stored.has(event.key ?? '');
      stored.set(event.key ?? '', event);
      return { status: known ? ('duplicate' as const) : ('stored' as const) };
    });
    return { results, sources: (batch.sources ?? []).map(({ source }) => ({ source, version: 7 })) };
  };
  const metrics = createConnectorMetrics();
  const log = createLogger({ name: 'test', level: 'silent' });
  const delivery = new Delivery({
    client: { sendEvents } as unknown as BackendClient,
    lease: { integration_id: 'int_1', epoch: 3 },
    clock,
    log,
    metrics,
  });
  const watcher = {
    waiting: (trouble: DeliveryTrouble | undefined) => troubles.push(trouble),
    poisoned: (event: NewEvent) => poisoned.push(event.title),
  };
  const progress = { source: 'numbers', cursor: 'end', expected_version: 0 };
  const page = (events: NewEvent[]) => delivery.page(events, progress, watcher, signal);
  return { page, stored, batches, cursors, troubles, poisoned, clock, metrics, log };
}

describe('a delivery', () => {
  it('cuts by count and by bytes, in order, and sends the cursor with the last part only', async () => {
    const { page, batches } = harness();
    const heavy = Array.from({ length: 40 }, (_, n) => eventOf(2_000 + n, 'x'.repeat(1_000)));
    for (const event of heavy) event.data = { text: 'é'.repeat(100_000) };
    const events = [...eventsOf(1_100), ...heavy];
    expect(await page(events)).toBe(7);
    expect(batches.flatMap((batch) => batch.events)).toEqual(events);
    for (const batch of batches) {
      expect(batch.events.length).toBeLessThanOrEqual(limits.batchEvents);
      expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(limits.batchBytes);
    }
    expect(batches.map((batch) => batch.sources?.length ?? 0)).toEqual([...batches.slice(1).map(() => 0), 1]);
  });

  it('sends a cursor that moved without any event', async () => {
    const { page, cursors } = harness();
    await page([]);
    expect(cursors).toEqual(['end']);
  });

  it.each([429, 502, 503, 504, 408])('tries %i again with full jitter until it passes', async (code) => {
    const { page, stored, clock } = harness((_, call) => {
      if (call < 20) throw status(code);
    });
    await page(eventsOf(3));
    expect(stored.size).toBe(3);
    expect(clock.sleeps.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('waits as long as Retry-After asks, and then not in step with all the others', async () => {
    const { page, clock } = harness((_, call) => {
      if (call === 1) throw status(503, 120_000);
    });
    await page(eventsOf(1));
    expect(clock.sleeps).toEqual([120_500]);
  });

  it('takes a known event for a success', async () => {
    const { page, stored, metrics } = harness();
    await page(eventsOf(2));
    await page(eventsOf(2));
    expect(stored.size).toBe(2);
    expect(await metrics.registry.metrics()).toContain('events_total{result="duplicate"} 2');
  });

  it.each([401, 403])('pauses on %i and says what helps', async (code) => {
    const { page, stored, clock, troubles } = harness((_, call) => {
      if (call < 4) throw status(code);
    });
    await page(eventsOf(1));
    expect(stored.size).toBe(1);
    expect(clock.sleeps).toEqual([60_000, 60_000, 60_000]);
    expect(troubles[0]).toMatchObject({
      action: true,
      remedy: expect.stringContaining('PAINCHAIN_API_KEY') as string,
    });
    expect(troubles.at(-1)).toBeUndefined();
  });

  it('gives up a lease that is somebody else’s by now', async () => {
    const { page } = harness(() => {
      throw status(409);
    });
    await expect(page(eventsOf(1))).rejects.toThrow(LeaseLostError);
  });

  it('reports items that are rejected, by their code, and goes on', async () => {
    const { page, cursors, log, metrics } = harness();
    const warn = vi.spyOn(log, 'warn');
    const sendEvents = async (batch: TypedEventBatch): Promise<BatchAnswer> => ({
      results: batch.events.map((_, n) =>
        n === 1 ? { status: 'rejected', code: 'too_old' } : { status: 'stored' },
      ),
      sources: [],
    });
    const client = { sendEvents } as unknown as BackendClient;
    const host = {
      client,
      lease: { integration_id: 'i', epoch: 1 },
      clock: new InstantClock(),
      log,
      metrics,
    };
    await new Delivery(host).page(eventsOf(3), undefined, deaf, signal);
    expect(warn.mock.calls).toMatchObject([[{ key: '1', code: 'too_old' }, expect.anything()]]);
    expect(await metrics.registry.metrics()).toContain('events_total{result="rejected"} 1');
    await page([]);
    expect(cursors).toEqual(['end']);
  });

  it.each([500, 400, 413, 422])(
    'isolates events that are answered with %i and delivers the rest',
    async (code) => {
      await fc.assert(
        fc.asyncProperty(
          fc
            .integer({ min: 2, max: 60 })
            .chain((count) =>
              fc.tuple(
                fc.constant(count),
                fc.uniqueArray(fc.nat(count - 1), { maxLength: Math.min(4, count - 1) }),
              ),
            ),
          async ([count, bad]) => {
            const isBad = (event: NewEvent) => bad.includes(Number(event.key));
            const { page, stored, cursors, poisoned } = harness((batch) => {
              if (batch.events.some(isBad)) throw status(code);
            });
            await page(eventsOf(count));
            expect(stored.size).toBe(count - bad.length);
            expect(poisoned.sort()).toEqual(bad.map((n) => `fact ${n}`).sort());
            expect(cursors).toEqual(['end']);
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('leaves nothing out while the backend takes nothing at all, however long that lasts', async () => {
    const { page, stored, poisoned, cursors } = harness((_, call) => {
      if (call <= 300) throw status(500);
    });
    await page(eventsOf(100));
    expect(stored.size).toBe(100);
    expect(poisoned).toEqual([]);
    expect(cursors).toEqual(['end']);
  });

  it('leaves nothing out of a backend that fails every other time', async () => {
    let state = 1;
    const { page, stored, poisoned } = harness(() => {
      state = (state * 48_271) % 2_147_483_647;
      if (state % 2 === 0) throw status(500);
    });
    await page(eventsOf(200));
    expect(poisoned).toEqual([]);
    expect(stored.size).toBe(200);
  });

  it('holds a single event that fails, when no event has ever passed', async () => {
    const { page, poisoned, stored } = harness((_, call) => {
      if (call < 60) throw status(500);
    });
    await page(eventsOf(1));
    expect(poisoned).toEqual([]);
    expect(stored.size).toBe(1);
  });

  it('says so when the backend refuses the cursor itself', async () => {
    const { page, stored } = harness((batch) => {
      if (batch.sources) throw status(422);
    });
    await expect(page(eventsOf(2))).rejects.toMatchObject({ code: 'cursor-refused' });
    expect(stored.size).toBe(2);
  });

  it('ends at once when it is dropped while it waits', async () => {
    const { clock } = harness();
    const drop = new AbortController();
    const client = {
      sendEvents: () => {
        drop.abort();
        return Promise.reject(status(503));
      },
    } as unknown as BackendClient;
    const metrics = createConnectorMetrics();
    const log = createLogger({ name: 'test', level: 'silent' });
    const delivery = new Delivery({ client, lease: { integration_id: 'i', epoch: 1 }, clock, log, metrics });
    await expect(delivery.page(eventsOf(1), undefined, deaf, drop.signal)).rejects.toBe(drop.signal.reason);
  });
});
