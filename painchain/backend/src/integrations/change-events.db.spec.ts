import type { EventPage, IntegrationView, JsonObject, Problem, StoredEvent } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, type TestApi } from '../connectors/testing/test-api.js';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { derived, derivedAgain } from '../events/testing/derived.js';
import { EventsModule } from '../events/events.module.js';
import { LiveTailService } from '../timeline/live-tail.service.js';
import { IntegrationsModule } from './integrations.module.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([ConnectorsModule, EventsModule, IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(async () => {
  await clear(api);
  await api.db.asOwner(
    `set app.tenant = '1'; truncate events, event_refs, event_tail, event_words, event_days, event_slots, projects`,
  );
});

const canary = 'canary-5b1f0c-9d';
const url = 'https://vault.example';
const given = { type: 'vault', name: 'Main', config: { url, token: canary } };
const file = { path: '/etc/vault.yaml', instance_id: 'one' };

const post = async (body: object, status = 201) => {
  const answer = await api.call<IntegrationView & Pick<Problem, 'detail'>>('POST', '/integrations', body, {
    key: true,
  });
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  return answer.body;
};
const put = (id: string, body: object) => api.call('PUT', `/integrations/${id}`, body);

/** In the order in which they happened. */
async function events(): Promise<StoredEvent[]> {
  const { body } = await api.call<EventPage>('GET', '/events?q=connector:painchain');
  return body.rows.toReversed();
}

describe('what happens to integrations', () => {
  it('stands on the timeline', async () => {
    const { id } = await post({ ...given, group: 'team' });
    await put(id, { name: 'Vault', config: { url: 'https://other.example', token: `${canary}-2` } });
    await put(id, { enabled: false });
    await put(id, { enabled: true, group: null });
    await api.call('DELETE', `/integrations/${id}?events=delete`);
    const seen = await events();
    expect(seen.map(({ type, title }) => [type, title])).toEqual([
      ['integration_created', 'vault integration "Main" created'],
      ['integration_updated', 'vault integration "Vault" updated: name, url, token'],
      ['integration_disabled', 'vault integration "Vault" disabled'],
      ['integration_updated', 'vault integration "Vault" updated: group'],
      ['integration_enabled', 'vault integration "Vault" enabled'],
      ['integration_deleted', 'vault integration "Vault" deleted with its events'],
    ]);
    expect(seen[1]).toMatchObject({
      connector: 'painchain',
      project: 'painchain',
      subject: `integration/${id}`,
      integration_id: null,
      data: {
        integration: { id, type: 'vault', name: 'Vault' },
        changes: [
          { field: 'name', old: 'Main', new: 'Vault' },
          { field: 'url', old: url, new: 'https://other.example' },
          { field: 'token', replaced: true },
        ],
        by: 'api',
      },
    });
    expect(new Set(seen.map(({ key }) => key)).size).toBe(6);
    const [{ days, slots }, again] = [await derived(api.db), await derivedAgain(api.db)];
    expect({ days, slots }).toEqual({ days: again.days, slots: again.slots });
  });

  it('says when it became so, by the clock that dates the change', async () => {
    const { registered_at } = await post(given);
    const [created] = await events();
    expect(registered_at < (created?.timestamp ?? '')).toBe(true);
    const [{ stored } = { stored: '' }] = await api.db.asOwner<{ stored: string }>(
      'select (clock_timestamp() > timestamp)::text as stored from events',
    );
    expect(stored).toBe('true');
  });

  it('tells who says so: the file, and nothing where the file says the same', async () => {
    await post({ ...given, file });
    await post({ ...given, file }, 200);
    await post({ ...given, file: { ...file, instance_id: 'two' } }, 200);
    await post({ ...given, group: 'g', file }, 200);
    expect((await events()).map(({ type, data }) => [type, data['by'], data['file']])).toEqual([
      ['integration_created', 'file', file.path],
      ['integration_updated', 'file', file.path],
    ]);
  });

  it('is not told where nothing came of it', async () => {
    const { id } = await post(given);
    await post({ ...given, name: 'Other' });
    const before = (await events()).length;
    expect((await put(id, { name: 'Other' })).status).toBe(409);
    expect((await put(id, { config: { toekn: 1 } })).status).toBe(422);
    expect((await put(id, {})).status).toBe(200);
    await api.call('DELETE', '/integrations/int_0000000000001');
    expect(await events()).toHaveLength(before);
  });

  it('is told without what it was, where that can not be opened any more', async () => {
    const { id } = await post(given);
    await api.db.asOwner(`update integrations set config_sealed = 'v1.x.y.z'`);
    await put(id, { config: given.config });
    expect((await events()).at(-1)?.data['changes']).toEqual([{ field: 'config', replaced: true }]);
  });

  it('wakes the live tail once it has committed', async () => {
    const hint = vi.spyOn(LiveTailService.prototype, 'hint').mockImplementation(() => undefined);
    const { id } = await post(given);
    expect(hint).toHaveBeenCalledTimes(1);
    await put(id, {});
    expect(hint).toHaveBeenCalledTimes(1);
    hint.mockRestore();
  });

  it('keeps every secret to itself', async () => {
    const places = [{ name: 'p', token: `${canary}-p` }];
    const { id } = await post({ ...given, config: { ...given.config, places } });
    await put(id, {
      config: { url, token: `${canary}-2`, places: [...places, { name: 'q', token: canary }] },
    });
    await put(id, { name: 'x', config: { url: `${url}/${canary}`, token: canary } });
    await post({ ...given, name: 'y', type: 'unheard-of', config: { [canary]: canary } });
    await api.call('DELETE', `/integrations/${id}`);
    expect(await events()).toHaveLength(5);
    const rows = await api.db.asOwner(
      'select e::text, w.words::text from events e left join event_words w using (seq)',
    );
    expect(rows).toHaveLength(5);
    expect(JSON.stringify(rows)).not.toContain(canary);
  });
});

describe('the type painchain', () => {
  const manifest: JsonObject = {
    type: 'painchain',
    name: 'x',
    description: '',
    mode: 'poll',
    config_schema: {},
  };

  it('is served like any other', async () => {
    const { body } = await api.call<JsonObject>('GET', '/connectors/types/painchain');
    expect(body).toMatchObject({ mode: 'internal', built_in: true, config_example: null });
  });

  it('describes each event that is told', async () => {
    const { id } = await post(given);
    await put(id, { config: { url, token: 'x' }, enabled: false });
    const { body } = await api.call<{ event_schemas: JsonObject }>('GET', '/connectors/types/painchain');
    for (const { type, data } of await events()) {
      const schema = body.event_schemas[type ?? ''] as { properties: JsonObject } | undefined;
      expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(data)));
    }
  });

  it('can not be connected, neither by an integration nor by a connector', async () => {
    expect((await post({ type: 'painchain', name: 'x', config: {} }, 422)).detail).toContain('of itself');
    const registration = {
      instance_id: 'i',
      type: 'painchain',
      version: '1',
      contract_version: '2.0',
      manifest,
    };
    const { status } = await api.call('POST', '/connectors/register', registration, { key: true });
    expect(status).toBe(422);
  });
});
