import { getEventListeners, once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpClientOptions, createHttpClient } from './http-client.js';

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of cleanUp.splice(0).reverse()) await stop();
});

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(options: HttpClientOptions) {
  const client = createHttpClient(options);
  cleanUp.push(() => client.close());
  return client;
}

describe('the HTTP client', () => {
  it('keeps the sub-path of its base and sends its headers', async () => {
    const url = await serve((request, response) => {
      response.setHeader('link', '<?page=2>; rel="next"');
      response.end(JSON.stringify({ url: request.url, token: request.headers['x-token'] }));
    });
    const client = clientOf({ baseUrl: `${url}/gitlab/api/v4/`, headers: { 'x-token': 't' } });
    const response = await client.request('/projects?page=1');
    expect(response.json()).toEqual({ url: '/gitlab/api/v4/projects?page=1', token: 't' });
    expect(response.next?.search).toBe('?page=2');
    expect((await client.request(response.next ?? '')).status).toBe(200);
  });

  it('does not send its credentials to another origin', async () => {
    const client = clientOf({ baseUrl: 'https://api.example.org' });
    await expect(client.request('https://evil.example/')).rejects.toThrow(TypeError);
  });

  it('hands a 304 back and throws a typed error for a refusal, with its problem and Retry-After', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/same') {
        response.writeHead(304).end();
        return;
      }
      const problem = { type: 'urn:x', title: 'Busy', status: 503, detail: 'later' };
      response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' });
      response.end(JSON.stringify(problem));
    });
    const client = clientOf({ baseUrl: url });
    expect((await client.request('/same')).status).toBe(304);
    await expect(client.request('/busy?secret=1')).rejects.toMatchObject({
      kind: 'status',
      status: 503,
      retryAfterMs: 7_000,
      problem: { detail: 'later' },
      message: `GET ${url}/busy answered 503`,
    });
  });

  it('never follows a redirect', async () => {
    const url = await serve((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    const headers = { location: 'http://127.0.0.1:1/' };
    await expect(clientOf({}).request(url)).rejects.toMatchObject({ kind: 'status', status: 302, headers });
  });

  it('stops reading an answer that is too large, without waiting for its end', async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await expect(clientOf({ maxBytes: 10_000 }).request(url)).rejects.toMatchObject({ kind: 'too_large' });
  });

  it.each([
    ['no headers come', 0],
    ['the body stops', 1],
    ['the body never ends', 2],
  ])('gives up when %s in time', async (_, stage) => {
    const url = await serve((request, response) => {
      if (stage > 0) response.write('x');
      const timer = setInterval(() => stage > 1 && response.write('x'), 20);
      request.on('close', () => clearInterval(timer));
    });
    await expect(clientOf({ timeoutMs: 150 }).request(url)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('tells a refused connection and an answer that is cut from everything else', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      response.destroy();
    });
    await expect(clientOf({}).request(url)).rejects.toMatchObject({ kind: 'network', status: 0 });
    await expect(clientOf({}).request('http://127.0.0.1:1/')).rejects.toMatchObject({ kind: 'network' });
  });

  it('throws for an answer that is no JSON only when it is read as such', async () => {
    const url = await serve((_, response) => void response.end('<html>'));
    const response = await clientOf({}).request(url);
    expect(response.text()).toBe('<html>');
    expect(() => response.json()).toThrow('no JSON');
  });

  it('rejects with the reason of the signal that ended it', async () => {
    const url = await serve(() => undefined);
    const stop = new AbortController();
    const pending = clientOf({}).request(url, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(pending).rejects.toThrow('enough');
  });

  it('leaves nothing behind on a signal that outlives its requests', async () => {
    const url = await serve((_, response) => void response.end('ok'));
    const { signal } = new AbortController();
    const client = clientOf({});
    for (let n = 0; n < 3; n++) await client.request(url, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
