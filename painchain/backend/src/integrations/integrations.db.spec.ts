import type { IntegrationView, Problem } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, type TestApi } from '../connectors/testing/test-api.js';
import { IntegrationsModule } from './integrations.module.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const canary = 'canary-5b1f0c-9d';
const url = 'https://vault.example';
const given = { type: 'vault', name: 'Main', config: { url, token: canary } };
const fileOf = (instance_id: string, path = '/etc/vault.yaml') => ({ file: { path, instance_id } });

type Refusal = Pick<Problem, 'detail' | 'errors'>;

const post = (body: object, key = false) =>
  api.call<IntegrationView & Refusal>('POST', '/integrations', body, { key });
const put = (id: string, body: object) =>
  api.call<IntegrationView & Refusal>('PUT', `/integrations/${id}`, body);
const get = async (id: string) => (await api.call<IntegrationView>('GET', `/integrations/${id}`)).body;
const pointers = ({ body }: { body: Refusal }) => body.errors?.map(({ pointer }) => pointer);

async function leased(instance = 'one'): Promise<unknown> {
  const [lease] = await (await api.register(instance)).claim(1);
  return lease?.config;
}

describe('registering an integration', () => {
  it('answers with all of it but its secrets', async () => {
    const { status, body } = await post({ ...given, group: 'backend' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^int_/),
      type: 'vault',
      name: 'Main',
      group: 'backend',
      managed_by: 'api',
      file: null,
      status: 'active',
      health: 'never_connected',
      sources: [],
      trouble: null,
      connector_id: null,
      config: {
        url,
        token: {
          set: true,
          last4: 'c-9d',
          updated_at: expect.any(String),
        },
      },
    });
    expect(await get(body.id)).toEqual(body);
  });

  it('seals everything of a type that has not registered yet', async () => {
    const config = { token: canary, repositories: [{ owner: 'acme', repo: 'api', secret: canary }] };
    const { status, body } = await post({ ...given, type: 'unheard-of', config });
    expect(status).toBe(201);
    expect(body.health).toBe('never_connected');
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${canary}|acme`));
    expect(body.config).toMatchObject({ token: { set: true } });
  });

  it('refuses a configuration that does not fit its type, or shows a credential', async () => {
    expect(pointers(await post({ ...given, config: { toekn: canary } }))).toEqual(['/config/toekn']);
    const open = { url: `https://me:${canary}@vault.example` };
    expect(pointers(await post({ ...given, config: open }))).toEqual(['/config/url']);
  });

  it('refuses a name that is taken, with the remedy, also when two ask at once', async () => {
    const answers = await Promise.all([post(given), post(given), post(given)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
    const { body } = await post(given);
    expect(body.detail).toContain('Choose another name');
    expect((await post({ ...given, name: 'Other' })).status).toBe(201);
  });
});

describe('an integration of a file', () => {
  it('is registered only with the connector key', async () => {
    expect((await post({ ...given, ...fileOf('one') })).status).toBe(401);
    expect((await post({ ...given, ...fileOf('one') }, true)).status).toBe(201);
  });

  it('is upserted by the same file only', async () => {
    const first = (await post({ ...given, ...fileOf('one') }, true)).body;
    const again = await post({ ...given, ...fileOf('one'), group: 'g' }, true);
    expect([again.status, again.body.id, again.body.group]).toEqual([200, first.id, 'g']);
    expect((await post({ ...given, ...fileOf('one', '/etc/other.yaml') }, true)).status).toBe(409);
    expect((await post(given)).body.detail).toContain('/etc/vault.yaml');
    await post({ ...given, name: 'By API' });
    expect((await post({ ...given, name: 'By API', ...fileOf('one') }, true)).status).toBe(409);
  });

  it('changes nothing when the same instance says the same', async () => {
    const first = (await post({ ...given, ...fileOf('one') }, true)).body;
    const one = await api.register('one');
    const leases = await one.claim(1);
    const again = (await post({ ...given, ...fileOf('one') }, true)).body;
    expect(again.updated_at).toBe(first.updated_at);
    expect((await one.beat(leases)).leases).toMatchObject([{ state: 'held' }]);
  });

  it('goes at once to a connector that was restarted', async () => {
    const first = (await post({ ...given, ...fileOf('one') }, true)).body;
    const one = await api.register('one');
    const leases = await one.claim(1);
    const two = await api.register('two');
    const again = (await post({ ...given, ...fileOf('two') }, true)).body;
    expect(again.updated_at).toBe(first.updated_at);
    expect(await two.claim(1)).toMatchObject([{ config: given.config, epoch: leases[0]!.epoch + 2 }]);
    expect((await one.beat(leases)).leases).toMatchObject([{ state: 'lost' }]);
  });

  it('is changed and removed only in its file, until its connector is gone', async () => {
    const one = await api.register('one');
    const { id } = (await post({ ...given, ...fileOf('one') }, true)).body;
    const refused = await put(id, { group: 'x' });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('/etc/vault.yaml')]);
    expect((await api.call('DELETE', `/integrations/${id}`)).status).toBe(409);
    await one.beat(await one.claim(1));
    await one.beat([], { state: 'stopped' });
    expect(await get(id)).toMatchObject({ health: 'late', status: 'active' });
    expect((await api.call('DELETE', `/integrations/${id}`)).status).toBe(409);
    await api.db.asOwner(`update connectors set last_heartbeat = now() - interval '121 seconds'`);
    expect(await get(id)).toMatchObject({ health: 'orphaned', status: 'inactive' });
    expect((await api.call('DELETE', `/integrations/${id}`)).status).toBe(204);
    expect((await api.call('GET', `/integrations/${id}`)).status).toBe(404);
  });
});

describe('changing an integration', () => {
  it('keeps secrets that are left out or sent back as they were shown', async () => {
    const { id, config } = (await post(given)).body;
    expect((await put(id, { config: { url } })).body.config).toEqual(config);
    expect((await put(id, { config })).body.config).toEqual(config);
    expect((await put(id, { name: 'Renamed', group: 'g' })).body).toMatchObject({
      name: 'Renamed',
      group: 'g',
    });
    expect(await leased()).toEqual(given.config);
  });

  it('takes a new secret and removes one by null', async () => {
    const { id } = (await post(given)).body;
    await put(id, { config: { url, token: 'other' } });
    expect(await leased()).toEqual({ url, token: 'other' });
    expect((await put(id, { config: { url, token: null } })).body.config).toEqual({ url });
  });

  it('demands a secret again when its address changed', async () => {
    const { id } = (await post(given)).body;
    const answer = await put(id, { config: { url: 'https://evil.example' } });
    expect([answer.status, pointers(answer)]).toEqual([422, ['/config/token']]);
    expect((await get(id)).config['url']).toBe(url);
    expect((await put(id, { config: { url: 'https://new.example', token: 'again' } })).status).toBe(200);
  });

  it('takes the lease away, and nothing when nothing changed', async () => {
    const { id } = (await post(given)).body;
    const one = await api.register('one');
    let leases = await one.claim(1);
    await put(id, { config: { url }, name: 'Main' });
    expect((await one.beat(leases)).leases).toMatchObject([{ state: 'held' }]);
    await put(id, { enabled: false });
    expect((await one.beat(leases)).leases).toMatchObject([{ state: 'lost' }]);
    expect(await one.claim(1)).toEqual([]);
    expect((await get(id)).health).toBe('paused');
    expect((await api.call<Problem>('POST', `/integrations/${id}/sync`)).body.detail).toContain('Enable it');
    await put(id, { enabled: true });
    leases = await one.claim(1);
    expect(leases).toHaveLength(1);
    await api.call('DELETE', `/integrations/${id}`);
    expect((await one.beat(leases)).leases).toMatchObject([{ state: 'lost' }]);
  });

  it('refuses the name of another', async () => {
    const { id } = (await post(given)).body;
    await post({ ...given, name: 'Other' });
    expect((await put(id, { name: 'Other' })).status).toBe(409);
  });

  it('refuses a name that another takes at the same moment', async () => {
    const { id } = (await post(given)).body;
    await post({ ...given, name: 'Other' });
    await api.db.asOwner(`begin; update integrations set name = 'Taken' where name = 'Other'`);
    const renaming = put(id, { name: 'Taken' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await api.db.asOwner('commit');
    expect((await renaming).status).toBe(409);
  });

  it('takes all of a configuration that can no longer be opened, which heals it', async () => {
    const { id } = (await post(given)).body;
    await api.db.asOwner(`update integrations set config_sealed = 'v1.x.y.z'`);
    expect(pointers(await put(id, { config: { url, token: (await get(id)).config['token'] } }))).toEqual([
      '/config/token',
    ]);
    expect((await put(id, { config: given.config })).status).toBe(200);
    expect(await leased()).toEqual(given.config);
  });
});

describe('what nobody may see', () => {
  it("is another tenant's integration: the answer is that for an unknown one", async () => {
    const { id } = (await post(given)).body;
    const other = await api.db.createTenant('other');
    await api.db.asOwner('update integrations set tenant_id = $1', [other]);
    const routes = [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/sync'],
      ['GET', '/commands/cmd_0000000000001'],
    ] as const;
    for (const [method, rest] of routes) {
      const answers = await Promise.all(
        [id, 'int_0000000000001', 'nonsense'].map((each) =>
          api.call<Problem>(method, `/integrations/${each}${rest}`, method === 'PUT' ? {} : undefined),
        ),
      );
      const bodies = answers.map(({ body }) => ({ ...body, instance: '' }));
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    }
    expect((await api.call('GET', '/integrations')).body).toEqual({ integrations: [] });
  });

  it('is a secret: in no answer, no error and no line of the log', async () => {
    const places = [{ name: 'p', token: `${canary}-p` }];
    const config = { url, token: canary, places };
    const { id } = (await post({ ...given, config })).body;
    const answers = [
      await post({ ...given, config }),
      await post({ ...given, name: 'x', config: { ...config, url: 5, places: [canary, { token: canary }] } }),
      await post({ ...given, name: 'y', type: 'nope', config }),
      await post({ ...given, name: 'f', config, ...fileOf('one') }, true),
      await post({ ...given, name: 'f', config, ...fileOf('one', 'other') }, true),
      await put(id, { config: { ...config, url: 'https://evil.example' } }),
      await put(id, { config: { url: 'https://evil2.example' } }),
      await put(id, { config: { token: canary, [canary]: canary }, enabled: 'no' }),
      await api.call('GET', '/integrations'),
      await api.call('GET', `/integrations/${id}`),
      await api.call('GET', '/connectors'),
      await api.call('POST', `/integrations/${id}/test`),
      await api.call('DELETE', `/integrations/${id}`),
    ];
    const keyed = (text: string) => text.replaceAll(`/config/${canary}`, '');
    for (const { text } of answers) expect(keyed(text)).not.toContain(canary);
    expect(api.log.join('')).not.toContain(canary);
    const rows = await api.db.asOwner('select i::text as row from integrations i');
    expect(JSON.stringify(rows)).not.toContain(canary);
  });
});
