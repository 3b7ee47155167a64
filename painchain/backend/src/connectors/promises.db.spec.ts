import type { CoverageInterval, Lease, SourceStatus } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { clear, deliver } from './testing/leases.js';
import { createTestApi, proofOf, type TestApi, type TestConnector } from './testing/test-api.js';

let api: TestApi;
let connector: TestConnector;
let lease: Lease;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(async () => {
  await clear(api);
  await api.integration('Main');
  connector = await api.register('one');
  const [leased] = await connector.claim(1);
  if (!leased) throw new Error('nothing was leased');
  lease = leased;
});

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

const trouble = { code: 'down', detail: 'd', remedy: 'r', since: '2026-01-01T00:00:00Z' };

function status(changes: Partial<SourceStatus> = {}): SourceStatus {
  const nothing = { watermark: null, last_sync: null, next_sync: null, lag_seconds: null };
  const more = { rate_limit: null, progress: null, trouble: null, intervals: [] };
  return { source: 's', project: null, state: 'healthy', ...nothing, ...more, ...changes };
}

const beat = (sources: SourceStatus[], more: object = {}) =>
  connector.beat([], { leases: [{ ...proofOf(lease), sources, trouble: null, ...more }] });

/** A look that ended just now by a clock which is wrong by so many seconds. */
const lookedAt = (wrongBy: number) =>
  status({ last_sync: secondsFromNow(wrongBy), next_sync: secondsFromNow(wrongBy + 60) });

async function rows<Row>(text: string): Promise<Row[]> {
  return (await api.db.asOwner(text)) as Row[];
}

async function promise(): Promise<{ due: number | null; interval: number | null }> {
  const [found] = await rows<{ due: number | null; interval: number | null }>(
    `select round(extract(epoch from due_at - now()) / 10)::float8 * 10 as due,
            round(interval_seconds)::float8 as interval from sources`,
  );
  return found ?? { due: null, interval: null };
}

describe('what a source promises', () => {
  it('reaches no further than an interval from now, whatever the clock of its connector says', async () => {
    await beat([lookedAt(3_600)]);
    expect(await promise()).toEqual({ due: 60, interval: 60 });
    await beat([lookedAt(7_200)]);
    expect(await promise()).toEqual({ due: 60, interval: 60 });
  });

  it('is kept by each look, also where its connector’s clock is slow', async () => {
    await beat([lookedAt(-600)]);
    expect(await promise()).toMatchObject({ due: -540 });
    await deliver(api, lease, [{ source: 's', expected_version: 0, watermark: secondsFromNow(-600) }]);
    await beat([lookedAt(-599)]);
    expect(await promise()).toEqual({ due: 60, interval: 60 });
  });

  it('is nothing for a watch that goes on, whatever it promised while it was interrupted', async () => {
    await beat([lookedAt(0)]);
    await beat([status({ state: 'failing', trouble })]);
    expect(await promise()).toEqual({ due: 60, interval: 60 });
    await beat([status({ last_sync: secondsFromNow(0), next_sync: secondsFromNow(-30) })]);
    expect(await promise()).toEqual({ due: null, interval: null });
  });
});

describe('the sources of an integration', () => {
  const gone = () => rows<object>('select from sources where gone_at is not null');

  it('are not gone because their connector can’t list them, or has not done so yet', async () => {
    await beat([status()]);
    await beat([], { trouble });
    await api.db.asOwner(`update sources set updated_at = now() - interval '1 hour'`);
    await beat([], { partial: true });
    expect(await gone()).toEqual([]);
    await beat([]);
    expect(await gone()).toHaveLength(1);
  });
});

describe('a spell that is told', () => {
  const tell = (...intervals: CoverageInterval[]) => beat([status({ intervals })]);
  const spells = () =>
    rows<{ version: string }>('select xmin::text || xmax::text as version from coverage_spells');

  it('is not written again with every heartbeat', async () => {
    const spell = { from: secondsFromNow(-60), to: secondsFromNow(-30), kind: 'blind' } as const;
    await tell(spell);
    const before = await spells();
    await tell(spell);
    expect(before).toHaveLength(1);
    expect(await spells()).toEqual(before);
  });

  it('ends now at the latest', async () => {
    await tell(
      { from: secondsFromNow(-60), to: secondsFromNow(3_600), kind: 'blind' },
      { from: secondsFromNow(600), to: secondsFromNow(3_600), kind: 'blind' },
    );
    expect(await spells()).toHaveLength(1);
    expect(await rows('select from coverage_spells where ended_at > now()')).toEqual([]);
  });
});

describe('a watermark', () => {
  const move = (expected_version: number, watermark: string) =>
    deliver(api, lease, [{ source: 's', expected_version, watermark }]);

  it('is never ahead of now, and the step that brought it may come twice', async () => {
    const future = secondsFromNow(3_600);
    await move(0, future);
    expect(await move(0, future)).toEqual([{ source: 's', version: 1 }]);
    expect(await rows('select from sources where watermark > now() or connected_at > now()')).toEqual([]);
    await expect(move(0, secondsFromNow(7_200))).resolves.toHaveLength(1);
    await move(1, secondsFromNow(0));
    await expect(move(0, future)).rejects.toMatchObject({ code: 'cursor-moved' });
  });
});
