import { createHttpClient } from '@painchain/runtime/http';
import { describe, expect, it } from 'vitest';
import { numbered } from './life-fixture.js';
import { MockUpstream } from './mock-upstream.js';
import { runSourceOnce } from './run-source-once.js';

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
