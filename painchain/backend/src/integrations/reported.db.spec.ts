import type { IntegrationView } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, proofOf, type TestApi } from '../connectors/testing/test-api.js';
import { IntegrationsModule } from './integrations.module.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const url = 'https://vault.example';
const given = { type: 'vault', name: 'Main', config: { url, token: 'wrong' } };
const fileOf = (instance_id: string) => ({ file: { path: '/etc/vault.yaml', instance_id } });

const post = (body: object) => api.call<IntegrationView>('POST', '/integrations', body, { key: true });
const put = (id: string, body: object) => api.call('PUT', `/integrations/${id}`, body);
const get = async (id: string) => (await api.call<IntegrationView>('GET', `/integrations/${id}`)).body;

describe('the drift of an integration of a file', () => {
  const drift = {
    since: '2026-01-31T10:35:00.000Z',
    detail: 'vault.yaml says something else',
    remedy: 'Restart.',
  };

  it('is shown as long as its connector tells of it, and until the file is read again', async () => {
    const { id } = (await post({ ...given, ...fileOf('one') })).body;
    const one = await api.register('one');
    const leases = await one.claim(1);
    const tell = (told: object) =>
      one.beat(leases, {
        leases: leases.map((lease) => ({ ...proofOf(lease), sources: [], trouble: null, ...told })),
      });
    await tell({ drift });
    expect((await get(id)).drift).toEqual(drift);
    await tell({});
    expect((await get(id)).drift).toBeNull();
    await tell({ drift });
    await post({ ...given, ...fileOf('two') });
    expect((await get(id)).drift).toBeNull();
  });
});

describe('the troubles of an integration', () => {
  it('are forgotten once it is changed, and nothing else of its sources', async () => {
    const { id } = (await post(given)).body;
    const one = await api.register('one');
    const leases = await one.claim(1);
    const trouble = { code: 'refused', detail: 'd', remedy: 'r', since: '2026-01-31T10:35:00.000Z' };
    const source = {
      source: 's',
      project: 'p',
      state: 'action_required',
      trouble,
      intervals: [],
      progress: null,
    };
    const times = { watermark: null, last_sync: null, next_sync: null, lag_seconds: null, rate_limit: null };
    const held = leases.map((lease) => ({
      ...proofOf(lease),
      trouble: null,
      sources: [{ ...source, ...times }],
    }));
    await one.beat(leases, { leases: held });
    expect(await get(id)).toMatchObject({ health: 'action_required', sources: [{ trouble }] });
    await put(id, {});
    expect(await get(id)).toMatchObject({ health: 'action_required' });
    await put(id, { config: { url, token: 'right' } });
    expect(await get(id)).toMatchObject({
      health: 'healthy',
      sources: [{ source: 's', project: 'p', state: 'starting', trouble: null }],
    });
  });
});
