import { SourceStatus } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import { HttpError } from '@painchain/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Collect, Page, Source } from '../connector.js';
import type { Delivery } from '../delivery/delivery.js';
import { createConnectorMetrics } from '../metrics.js';
import { SourceError } from '../source-error.js';
import { ManualClock } from '../testing/clocks.js';
import { Limiter } from './limiter.js';
import { SourceRunner } from './source-runner.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));
const stop = new AbortController();
const page = { events: [], cursor: 1 };
let ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

type Run = (run: Collect, call: number) => AsyncIterable<Page> | Iterable<Page>;

/** A source on a clock that stands still; what its pages carry is written down. */
function start(collect: Run, more: Partial<Source> = {}) {
  const clock = new ManualClock();
  const sent: unknown[] = [];
  let calls = 0;
  const delivery = {
    page: async (_: unknown, progress: unknown) => {
      if (progress !== undefined) sent.push(progress);
      return sent.length;
    },
  } as unknown as Delivery;
  const source: Source = {
    name: 'numbers',
    project: 'acme/api',
    intervalSeconds: 60,
    async *collect(run) {
      calls += 1;
      yield* collect(run, calls);
    },
  };
  // As they are: getters stay getters.
  Object.defineProperties(source, Object.getOwnPropertyDescriptors(more));
  const runner = new SourceRunner(
    source,
    { cursor: null, version: 0, watermark: null },
    {
      connectorType: 'numbers',
      delivery,
      limiter: new Limiter(1),
      clock,
      log: createLogger({ name: 'test', level: 'silent' }),
      metrics: createConnectorMetrics(),
      drop: stop.signal,
      changed: () => undefined,
    },
  );
  const ended = runner.run();
  ends.push(async () => {
    runner.stop();
    await ended;
  });
  const status = () => runner.health.status(clock.now());
  return { clock, runner, sent, status, calls: () => calls };
}

describe('a source', () => {
  it('is not put to sleep by a clock that is set back during a run', async () => {
    const started = start(async function* () {
      await started.clock.advance(-3_600_000);
      yield page;
    });
    await tick();
    await tick();
    expect(started.clock.sleeps).toEqual([60_000]);
  });

  it('runs at once and then by its interval, with a little jitter', async () => {
    const { clock, status, calls } = start(() => [page]);
    await tick();
    expect(calls()).toBe(1);
    expect(clock.sleeps).toEqual([60_000]);
    expect(status()).toMatchObject({
      state: 'healthy',
      next_sync: '2026-11-24T07:01:00.000Z',
      trouble: null,
    });
    await clock.advance(60_000);
    expect(calls()).toBe(2);
  });

  it('counts its interval from the beginning of a run, but never runs without a pause', async () => {
    const { clock } = start(async function* (run) {
      await run.sleep(50_000);
      yield page;
      await run.sleep(50_000);
    });
    await tick();
    await clock.advance(50_000);
    await clock.advance(50_000);
    expect(clock.sleeps).toEqual([50_000, 50_000, 1_000]);
  });

  it('asks for its interval anew while it waits, and to see whether it is late', async () => {
    let seconds = 600;
    const more = {
      get intervalSeconds() {
        return seconds;
      },
    };
    const { clock, calls, status } = start(async function* (run, call) {
      if (call > 2) await run.sleep(86_400_000);
      yield page;
    }, more);
    await tick();
    await clock.advance(60_000);
    expect([calls(), status().next_sync]).toEqual([1, '2026-11-24T07:10:00.000Z']);
    seconds = 90;
    await clock.advance(60_000);
    expect([calls(), status().next_sync]).toEqual([2, '2026-11-24T07:03:30.000Z']);
    await clock.advance(60_000);
    seconds = 120;
    await clock.advance(30_000);
    expect(calls()).toBe(2);
    await clock.advance(30_000);
    expect(calls()).toBe(3);
    await clock.advance(180_000);
    expect(status().state).toBe('healthy');
    seconds = 60;
    expect(status().state).toBe('late');
  });

  it('tells nothing when nothing has moved, and only the watermark when that has', async () => {
    const { clock, sent, status } = start((_, call) => [
      { events: [], cursor: { a: 1 }, ...(call > 2 && { watermark: '2026-11-24T07:02:00Z' }) },
    ]);
    await tick();
    expect(sent).toMatchObject([{ source: 'numbers', cursor: { a: 1 }, expected_version: 0 }]);
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
    await clock.advance(60_000);
    expect(sent[1]).toEqual({
      source: 'numbers',
      project: 'acme/api',
      tags: [],
      expected_version: 1,
      watermark: '2026-11-24T07:02:00Z',
    });
    expect(status()).toMatchObject({ watermark: '2026-11-24T07:02:00Z', lag_seconds: 0 });
  });

  it('backs off from an upstream that fails, without giving up, and shows it', async () => {
    const { clock, status } = start((_, call) => {
      if (call > 9) return [page];
      throw new HttpError('status', 'answered 502', { status: 502 });
    });
    await tick();
    for (let n = 0; n < 9; n += 1) await clock.advance(clock.sleeps.at(-1) ?? 0);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 60_000]);
    expect(status()).toMatchObject({ state: 'healthy', trouble: null });
  });

  it('waits as long as an upstream asks', async () => {
    const { clock, status } = start(() => {
      throw new HttpError('status', 'answered 429', { status: 429, retryAfterMs: 120_000 });
    });
    await tick();
    expect(clock.sleeps).toEqual([120_500]);
    expect(status()).toMatchObject({ state: 'failing', trouble: { code: 'source-429' } });
  });

  it('asks for a human when a human is needed, and tries again by itself', async () => {
    const { clock, status, calls } = start(() => {
      throw new SourceError({ code: 'no-access', detail: 'd', remedy: 'r', kind: 'configuration' });
    });
    await tick();
    expect(clock.sleeps).toEqual([60_000]);
    const trouble = { code: 'no-access', detail: 'd', remedy: 'r', since: '2026-11-24T07:00:00.000Z' };
    expect(status()).toMatchObject({ state: 'action_required', trouble });
    await clock.advance(60_000);
    expect(calls()).toBe(2);
    expect(status().trouble?.since).toBe(trouble.since);
  });

  it('tells of itself what was not seen, and leaves to the backend what is only not seen yet', async () => {
    const spell = { from: '2026-11-24T06:00:00Z', to: '2026-11-24T07:00:00Z', reason: 'made out afterwards' };
    const { clock, status } = start((run, call) => {
      if (call === 1) run.coverage({ ...spell, kind: 'reconstructed' });
      if (call === 1 || clock.now() > Date.UTC(2026, 10, 24, 7, 30)) return [page];
      throw new SourceError({ code: 'away', detail: 'no answer', remedy: 'r', kind: 'upstream' });
    });
    await tick();
    for (const state of ['failing', 'healthy']) {
      await clock.advance(state === 'failing' ? 60_000 : 30 * 60_000);
      expect(status()).toMatchObject({ state, intervals: [{ ...spell, kind: 'reconstructed' }] });
    }
  });

  it('is late when it has not been run for three intervals', async () => {
    const { clock, status } = start(async function* (run, call) {
      if (call > 1) await run.sleep(3_600_000);
      yield page;
    });
    await tick();
    await clock.advance(60_000);
    expect(status().state).toBe('healthy');
    await clock.advance(180_000);
    expect(status().state).toBe('late');
  });

  it('that watches is healthy with each page and takes no place of the polls', async () => {
    const { clock, status } = start(
      async function* (run) {
        for (let cursor = 1; ; cursor += 1) {
          yield { events: [], cursor };
          await run.sleep(30_000);
        }
      },
      { watches: true },
    );
    await tick();
    expect(status().state).toBe('healthy');
    await clock.advance(30_000);
    expect(status()).toMatchObject({ state: 'healthy', last_sync: '2026-11-24T07:00:30.000Z' });
  });

  it('that watches promises no next run while one goes on', async () => {
    const { clock, status } = start(
      async function* (run, call) {
        yield { events: [], cursor: call };
        if (call > 1) await run.sleep(600_000);
      },
      { watches: true },
    );
    await tick();
    expect(status().next_sync).not.toBeNull();
    await clock.advance(70_000);
    expect(status()).toMatchObject({ state: 'healthy', next_sync: null });
  });

  it('promises to come again by the time between two beginnings, however long a run takes', async () => {
    const { clock, status } = start(async function* (run, call) {
      await run.sleep(50_000);
      yield { events: [], cursor: call };
    });
    await tick();
    await clock.advance(50_000);
    expect(status()).toMatchObject({
      last_sync: '2026-11-24T07:00:00.000Z',
      next_sync: '2026-11-24T07:01:00.000Z',
    });
  });

  it('runs at once when it is told to, and says when that run has ended', async () => {
    const { runner, calls } = start(() => [page]);
    await tick();
    await runner.sync();
    expect(calls()).toBe(2);
  });

  it('lets go whoever waits for a run that will not come any more', async () => {
    const { runner } = start(async function* (run) {
      await run.sleep(1_000);
      yield page;
    });
    await tick();
    const synced = runner.sync();
    await ends[0]?.();
    await expect(synced).resolves.toBeUndefined();
  });

  it('leaves out what it reports in a way that the backend would refuse', async () => {
    const { status } = start(
      (run) => {
        run.coverage({ from: 'yesterday', to: '2026-11-24T07:00:00Z', kind: 'blind' });
        run.coverage({
          from: '2026-11-24T06:00:00Z',
          to: '2026-11-24T07:00:00Z',
          kind: 'blind',
          reason: '\0'.repeat(900),
        });
        run.progress({ done: Number.NaN, total: null, unit: 'commits' });
        run.rateLimit({ limit: 1, remaining: 0, resets_at: 'soon' });
        return [{ ...page, watermark: 'now' }];
      },
      { project: 'x\0'.repeat(400) },
    );
    await tick();
    expect(SourceStatus.safeParse(status()).error).toBeUndefined();
    expect(status()).toMatchObject({ watermark: null, rate_limit: null, intervals: [{ kind: 'blind' }] });
    expect(JSON.stringify(status())).not.toContain('u0000');
  });

  it('counts payloads that make no event by their reason', async () => {
    const { status } = start((run) => [
      { events: run.take({ kind: 'ignored', reason: 'heartbeat' }), cursor: 1 },
      { events: run.take({ kind: 'unsupported', what: 'wiki' }), cursor: 2 },
    ]);
    await tick();
    expect(status().state).toBe('healthy');
  });

  it('refuses a cursor that the backend would refuse', async () => {
    const { status, sent } = start(() => [{ events: [], cursor: 'x'.repeat(70_000) }]);
    await tick();
    expect(status().trouble?.code).toBe('cursor-too-large');
    expect(sent).toEqual([]);
  });
});
