import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createHttpClient } from '@painchain/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectorMetrics } from '../metrics.js';
import { startHealthServer } from './health-server.js';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(connected: boolean) {
  const metrics = createConnectorMetrics();
  const status = () => ({ registered: connected, connected, leases: connected ? 1 : 0 });
  const server = await startHealthServer({ host: '127.0.0.1', port: 0 }, status, metrics.registry);
  const http = createHttpClient({ baseUrl: `http://127.0.0.1:${server.port}` });
  ends.push(
    () => http.close(),
    () => server.close(),
  );
  return { http, metrics };
}

describe('the health server', () => {
  it('says which setting to change when its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    ends.push(() => new Promise((resolve) => taken.close(resolve)));
    const { port } = taken.address() as AddressInfo;
    const status = () => ({ registered: true, connected: true, leases: 0 });
    await expect(
      startHealthServer({ host: '127.0.0.1', port }, status, createConnectorMetrics().registry),
    ).rejects.toMatchObject({ issues: [{ where: 'PAINCHAIN_HEALTH_PORT' }] });
  });

  it('is alive but not ready while the backend is away', async () => {
    const { http } = await serve(false);
    expect((await http.request('/health')).json()).toMatchObject({ live: true, connected: false });
    await expect(http.request('/health/ready')).rejects.toMatchObject({ status: 503 });
  });

  it('is ready when the backend knows the connector and answers', async () => {
    const { http } = await serve(true);
    expect((await http.request('/health/ready')).json()).toEqual({
      registered: true,
      connected: true,
      leases: 1,
    });
  });

  it('serves the metrics, and nothing else', async () => {
    const { http, metrics } = await serve(true);
    metrics.events.inc({ result: 'stored' }, 3);
    const text = (await http.request('/metrics')).text();
    expect(text).toContain('painchain_connector_events_total{result="stored"} 3');
    await expect(http.request('/../etc/passwd')).rejects.toMatchObject({ status: 404 });
    await expect(http.request('/health', { method: 'POST' })).rejects.toMatchObject({ status: 405 });
  });
});
