import { createHttpClient } from '@painchain/runtime/http';
import { describe, expect, it } from 'vitest';
import { fastClock } from './clocks.js';
import { connectorOf, numbered, until } from './life-fixture.js';
import { MemoryBackend } from './memory-backend.js';
import { MockUpstream } from './mock-upstream.js';
import { runSourceOnce } from './run-source-once.js';
import { startConnector } from './start-connector.js';

describe('a mocked upstream', () => {
  it('answers what it was told to expect, once', async () => {
    const upstream = await MockUpstream.start();
    const http = createHttpClient({ baseUrl: upstream.url });
    upstream.expect('GET', '/list?page=1', { json: [1], headers: { link: '</list?page=2>; rel="next"' } });
    const response = await http.request('/list?page=1');
    expect(response.json()).toEqual([1]);
    expect(response.next?.href).toBe(`${upstream.url}/list?page=2`);
    await http.close();
    await upstream.stop();
  });

  it('fails for a request that nobody expected, and for one that never came', async () => {
    const upstream = await MockUpstream.start();
    const http = createHttpClient({ baseUrl: upstream.url });
    upstream.expect('GET', '/a', {});
    await expect(http.request('/b')).rejects.toMatchObject({ status: 501 });
    await http.close();
    await expect(upstream.stop()).rejects.toThrow('not expected: GET /b\nnever came: GET /a');
  });
});

describe('runSourceOnce', () => {
  it('gives the events and the cursor of one run, from where the last one ended', async () => {
    const first = await runSourceOnce(numbered(25, 10), { pages: 1 });
    expect(first.cursor).toBe(10);
    const rest = await runSourceOnce(numbered(25, 10), { cursor: first.cursor });
    expect(rest.events.map(({ key }) => key)).toEqual(
      Array.from({ length: 15 }, (_, n) => `numbers:${n + 11}`),
    );
    expect(rest.cursor).toBe(25);
  });
});

describe('startConnector', () => {
  it('works without a file through what the backend has, and goes on after a kill as if nothing had been', async () => {
    const clock = fastClock(200);
    const backend = await MemoryBackend.start({ now: () => clock.now() });
    for (const name of ['one', 'two']) {
      backend.store.upsert({ type: 'numbers', name, config: { path: `/${name}` } });
    }
    const connector = connectorOf(({ path }) => [numbered(50, 10, path)]);
    const first = startConnector(backend, connector, undefined, { clock });
    await until(() => backend.store.events.size > 0);
    await first.kill();
    const second = startConnector(backend, connector, undefined, { clock });
    await until(() => backend.store.events.size === 100);
    await until(() => second.status().connected);
    expect(second.status()).toEqual({ registered: true, connected: true, leases: 2 });
    await second.end();
    expect([...backend.store.integrations.values()].map(({ holder }) => holder)).toEqual([
      undefined,
      undefined,
    ]);
    await backend.stop();
  });
});
