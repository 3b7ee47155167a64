import type { Type } from '@nestjs/common';
import type { Problem } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../config/clock.js';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, type TestApi } from '../connectors/testing/test-api.js';
import { RetentionService } from '../retention/retention.service.js';
import { CoverageModule } from './coverage.module.js';
import {
  beat,
  coverageOf,
  fromNow,
  inMinutes,
  pass,
  passWell,
  watched,
  WatchedSource,
} from './testing/watched-source.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([CoverageModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const coverage = (query: Record<string, string> = {}) => coverageOf(api, query);

async function told(query: Record<string, string> = {}): Promise<string[]> {
  return inMinutes((await coverage(query)).stretches);
}

describe('a window that was seen', () => {
  it('is complete up to the watermark; what is behind it is pending while no look is overdue', async () => {
    await watched(api, 'Main', { project: 'acme/api' });
    await pass(api, 1);
    const found = await coverage();
    expect(found).toMatchObject({
      verdict: 'complete',
      sources: { total: 1, complete: 1, late: 0, blind: 0, not_connected: 0 },
      integrations: [{ name: 'Main', type: 'vault', verdict: 'complete', sources: { total: 1 } }],
      gaps: [],
      more_gaps: 0,
    });
    expect(inMinutes(found.stretches)).toEqual(['complete for 59', 'pending for 1']);
    expect(found.complete_until).toBe(found.stretches[1]?.from);
    expect(found.integrations[0]?.stretches).toEqual(found.stretches);
    const past = await coverage({ to: fromNow(-10) });
    expect([past.verdict, past.complete_until]).toEqual(['complete', past.to]);
  });

  it('is late, then blind, when its connector is killed; and complete again when it is back', async () => {
    const source = await watched(api, 'Main');
    await pass(api, 2.5);
    const late = await coverage();
    expect(late).toMatchObject({ verdict: 'late', sources: { late: 1 }, gaps: [{ verdict: 'late' }] });
    expect(late.stretches[1]?.reason).toMatch(/^Its connector has not been heard of since .* UTC\.$/);
    await pass(api, 7.5);
    expect(await coverage()).toMatchObject({ verdict: 'blind', sources: { blind: 1 } });
    await source.beat({ state: 'starting', last_sync: null, next_sync: null });
    await source.look();
    await source.beat();
    const back = await coverage();
    expect(back).toMatchObject({ verdict: 'complete', complete_until: expect.any(String), gaps: [] });
    const [, during] = inMinutes(back.stretches);
    expect(during).toEqual(
      expect.stringMatching(
        /^late for 10: Nobody looked meanwhile: it was paused, or its connector did not run/,
      ),
    );
  });

  it('that is caught up with in several steps was late in one stretch', async () => {
    const source = await watched(api, 'Main');
    await pass(api, 30);
    for (const minutes of [-20, -10, 0]) await source.look(minutes);
    await source.beat();
    expect(await told()).toEqual(['complete for 30', expect.stringMatching(/^late for 30/)]);
    await pass(api, 1);
    await source.look();
    expect(await told()).toEqual([
      'complete for 29',
      expect.stringMatching(/^late for 30/),
      'complete for 1',
    ]);
  });

  it('is late no longer once its source has looked as it should, however far its watermark stays behind', async () => {
    const source = await watched(api, 'Slow');
    await pass(api, 30);
    await source.look(-10);
    for (let hour = 0; hour < 2; hour++) {
      await source.beat();
      await pass(api, 10);
      await source.beat();
      await source.look(-10);
    }
    expect(await told()).toEqual([
      'complete for 10',
      expect.stringMatching(/^late for 20/),
      'complete for 20',
      'pending for 10',
    ]);
  });

  it('does not reach into the future, whatever the clock of a connector says that is dead by now', async () => {
    const source = await watched(api, 'Main');
    await source.look(600);
    await source.beat({ last_sync: fromNow(600), next_sync: fromNow(601) });
    await pass(api, 10);
    expect(await told()).toEqual(['complete for 50', expect.stringMatching(/^blind for 10: Its connector/)]);
  });

  it('says of a rate limit from when to when it was blind, and afterwards that it was late for that', async () => {
    const source = await watched(api, 'GitHub');
    await pass(api, 14);
    const reason = 'The rate limit is used up until 10:34.';
    await source.fail(reason);
    const blind = await coverage();
    expect(inMinutes(blind.stretches)).toEqual(['complete for 46', `blind for 14: ${reason}`]);
    expect(blind.gaps).toMatchObject([{ source: 'GitHub source', verdict: 'blind' }]);
    await source.look();
    await source.beat();
    expect(await told()).toEqual(['complete for 46', `late for 14: ${reason}`]);
  });

  it('still knows why it was out of sight when another process looks again', async () => {
    const source = await watched(api, 'Main');
    await pass(api, 10);
    await source.fail('The token has expired.');
    await source.beat({ state: 'starting', last_sync: null, next_sync: null });
    expect(await told()).toEqual(['complete for 50', 'blind for 10: The token has expired.']);
    await source.look();
    await source.beat();
    expect(await told()).toEqual(['complete for 50', 'late for 10: The token has expired.']);
  });

  it('has what its source made out afterwards, or lost, however often it is told', async () => {
    const source = await watched(api, 'Cluster');
    await source.tell('reconstructed', -30, -20, 'The watch was interrupted.');
    expect(await coverage()).toMatchObject({ verdict: 'late' });
    const from = fromNow(-10);
    for (const to of [fromNow(-9), fromNow(-5), fromNow(-6)])
      await source.beat({ intervals: [{ from, to, kind: 'blind', reason: 'The snapshot was lost.' }] });
    expect(await told()).toEqual([
      'complete for 30',
      'reconstructed for 10: The watch was interrupted.',
      'complete for 10',
      'blind for 5: The snapshot was lost.',
      'complete for 5',
    ]);
  });
});

describe('a source that is connected within the window', () => {
  it('was not connected before, but for what its first look made out', async () => {
    await api.integration('Main');
    const connector = await api.register('one');
    const [lease] = await connector.claim(1);
    const source = new WatchedSource(api, connector, lease!, 'source');
    await source.beat({ state: 'starting', last_sync: null, next_sync: null });
    expect(await told()).toEqual(['not_connected for 60: Its first look is under way.']);
    await source.page();
    await pass(api, 5);
    await source.look(-5);
    await source.tell('reconstructed', -40, -5, 'By the first look.');
    await passWell(api, 10);
    expect(await told()).toEqual([
      'not_connected for 10',
      'reconstructed for 35: By the first look.',
      'complete for 15',
    ]);
    expect(await coverage()).toMatchObject({ verdict: 'not_connected', complete_until: null });
  });

  it('is no longer asked for once its integration has dropped it', async () => {
    const source = await watched(api, 'Main');
    await pass(api, 30);
    await source.look();
    const other = new WatchedSource(api, source.connector, source.lease, 'other');
    await other.look();
    await beat(source.connector, source.lease, [other.status()]);
    await pass(api, 10);
    await other.look();
    const found = await coverage({ from: fromNow(-5) });
    expect(found).toMatchObject({ verdict: 'complete', sources: { total: 1, complete: 1 } });
    await source.beat();
    expect((await coverage({ from: fromNow(-5) })).sources.total).toBe(1);
  });
});

describe('an integration that nobody works through', () => {
  it('is told with its reason: paused, without a connector, never connected', async () => {
    expect(await coverage()).toMatchObject({
      verdict: 'not_connected',
      integrations: [],
      complete_until: null,
    });
    const { id } = await api.integration('Never');
    expect(await told()).toEqual(['not_connected for 60: It has no source yet.']);
    await api.call('PUT', `/integrations/${id}`, { enabled: false });
    expect(await told()).toEqual(['not_connected for 60: The integration is paused.']);
    await api.call('DELETE', `/integrations/${id}`);

    const source = await watched(api, 'Main');
    await api.call('PUT', `/integrations/${source.lease.integration_id}`, { enabled: false });
    await pass(api, 10);
    expect(await told()).toEqual(['complete for 50', 'blind for 10: The integration is paused.']);
    await api.db.asOwner(
      `update integrations set enabled = true, file_path = 'x', file_instance_id = 'gone'`,
    );
    expect(await told()).toEqual([
      'complete for 50',
      'blind for 10: No connector runs with the file that defines it.',
    ]);
  });

  it('takes its spells along when it is removed', async () => {
    const source = await watched(api, 'Main');
    await source.tell('blind', -10, -5, 'lost');
    expect(await api.db.asOwner('select from coverage_spells')).toHaveLength(1);
    await api.call('DELETE', `/integrations/${source.lease.integration_id}`);
    expect(await api.db.asOwner('select from coverage_spells')).toEqual([]);
  });
});

describe('several integrations', () => {
  it('of one project see it as well as the worst of them, and a filter leaves others out', async () => {
    await watched(api, 'Ones', { type: 'one', project: 'acme/api' });
    const second = await watched(api, 'Twos', { type: 'two', project: 'acme' });
    await watched(api, 'Others', { type: 'three', project: 'zoo' });
    await second.fail('no answer');
    const both = await coverage({ project: 'acme/api' });
    expect(both).toMatchObject({ verdict: 'blind', sources: { total: 2, complete: 1, blind: 1 } });
    expect(both.integrations.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['Ones', 'complete'],
      ['Twos', 'blind'],
    ]);
    expect(both.gaps).toMatchObject([{ integration_id: second.lease.integration_id, project: 'acme' }]);
    expect((await coverage({ connector: 'one' })).integrations.map(({ name }) => name)).toEqual(['Ones']);
    const byId = await coverage({ integration: second.lease.integration_id });
    expect(byId.integrations.map(({ name }) => name)).toEqual(['Twos']);
    expect((await coverage({ integration: 'int_unknown' })).integrations).toEqual([]);
  });

  it('are those of the tenant only', async () => {
    await watched(api, 'Main');
    const other = await api.db.createTenant('other');
    await api.db.asOwner(`update integrations set name = 'Foreign' where tenant_id = $1`, [other]);
    await api.db.asOwner(
      `insert into integrations (tenant_id, type, name, config_public, config_sealed) values ($1, 'x', 'Foreign', '{}', '')`,
      [other],
    );
    expect((await coverage()).integrations.map(({ name }) => name)).toEqual(['Main']);
  });
});

describe('the window', () => {
  it('ends now at the latest, and of the future nothing can be said', async () => {
    await watched(api, 'Main');
    const nowMs = Date.now();
    vi.spyOn(api.get(Clock as Type<Clock>), 'now').mockReturnValue(new Date(nowMs));
    const found = await coverage({ to: fromNow(600) });
    expect([found.to, found.now]).toEqual([found.now, new Date(nowMs).toISOString()]);
    const future = await coverage({ from: fromNow(10), to: fromNow(20) });
    expect(future).toMatchObject({ verdict: 'not_connected', complete_until: null, stretches: [], gaps: [] });
    expect(future.from).toBe(future.to);
    vi.restoreAllMocks();
  });

  it('before anything was nobody’s to see', async () => {
    await watched(api, 'Main');
    const before = await coverage({ from: '0001-01-01T00:00:00Z', to: '0001-01-02T00:00:00Z' });
    expect(before).toMatchObject({ verdict: 'not_connected', sources: { not_connected: 1 } });
  });

  it('is blind where its events are deleted by now', async () => {
    await watched(api, 'Main');
    vi.spyOn(api.get(RetentionService), 'oldestAllowed').mockReturnValue(new Date(fromNow(-20)));
    expect(await told()).toEqual([
      'blind for 40: Events of that time are no longer kept.',
      'complete for 20',
    ]);
    vi.restoreAllMocks();
  });

  it('must not be empty, and a filter must be known', async () => {
    for (const query of [
      'from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z',
      'to=2026-01-02T00:00:00Z',
      'from=yesterday',
      'from=2026-01-02T00:00:00Z&source=x',
    ]) {
      const { status, body } = await api.call<Problem>('GET', `/coverage?${query}`);
      expect([query, status, body.type]).toEqual([query, 422, 'urn:painchain:problem:invalid']);
    }
  });
});
