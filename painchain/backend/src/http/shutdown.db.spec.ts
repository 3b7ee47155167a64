import { describe, expect, it } from 'vitest';
import { rawRequest } from './testing/raw-request.js';
import { startTestApp } from './testing/test-app.js';

const event = { title: 'x', connector: 'ci', project: 'api', timestamp: '2026-11-24T10:35:00Z', data: {} };

describe('a graceful stop', () => {
  it('answers what is in flight, ends streams and waits for nobody else', async () => {
    const app = await startTestApp();
    const { live_cursor } = (await (await fetch(`${app.url}/api/timeline`)).json()) as {
      live_cursor: string;
    };
    const stream = await fetch(`${app.url}/api/timeline/stream?cursor=${encodeURIComponent(live_cursor)}`);
    const half = rawRequest(
      app.port,
      'POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      10_000,
    );
    await app.test.asOwner('begin; lock table events in access exclusive mode');
    const inFlight = fetch(`${app.url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begun = Date.now();
    const closed = app.close();
    await app.test.asOwner('commit');
    expect((await inFlight).status).toBe(201);
    await stream.text();
    await half;
    await closed;
    expect(Date.now() - begun).toBeLessThan(4_000);
    await expect(fetch(`${app.url}/api`)).rejects.toThrow();
  });
});
