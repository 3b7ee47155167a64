import { getEventListeners, once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpClientOptions, type HttpStream, createHttpClient } from './http-client.js';

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

function clientOf(options: HttpClientOptions = {}) {
  const client = createHttpClient(options);
  cleanUp.push(() => client.close());
  return client;
}

async function textOf({ body }: HttpStream): Promise<string> {
  let text = '';
  for await (const piece of body) text += Buffer.from(piece).toString('utf8');
  return text;
}

describe('a stream', () => {
  it('gives each piece as it comes, before the answer has an end', async () => {
    const responses: { end(text: string): unknown }[] = [];
    const url = await serve((_, response) => {
      responses.push(response);
      response.writeHead(200, { date: 'Tue, 24 Nov 2026 07:00:00 GMT' }).write('one');
    });
    const { status, headers, body } = await clientOf().stream(url);
    expect([status, headers.date]).toEqual([200, 'Tue, 24 Nov 2026 07:00:00 GMT']);
    const told: string[] = [];
    for await (const piece of body) {
      told.push(Buffer.from(piece).toString());
      if (told.length === 1) responses[0]?.end('two');
    }
    expect(told).toEqual(['one', 'two']);
  });

  it('ends when nothing comes any more, and not while the reader takes its time', async () => {
    const url = await serve((request, response) => {
      response.write('x');
      setTimeout(() => response.write('y'), 20);
      if (request.url === '/ends') setTimeout(() => response.end(), 40);
    });
    const client = clientOf();
    await expect(client.stream(`${url}/silent`, { idleMs: 100 }).then(textOf)).rejects.toMatchObject({
      kind: 'timeout',
    });
    const { body } = await client.stream(`${url}/ends`, { idleMs: 100 });
    let pieces = 0;
    for await (const _ of body) {
      pieces += 1;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(pieces).toBeGreaterThan(0);
  });

  it('gives up when no headers come in time', async () => {
    const url = await serve(() => undefined);
    await expect(clientOf().stream(url, { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('tells an answer that is cut, a refusal with its text, and follows no redirect', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/cut') {
        response.write('half', () => response.destroy());
      } else if (request.url === '/away') {
        response.writeHead(307, { location: url }).end();
      } else {
        response.writeHead(410, { 'retry-after': '3' }).end('gone');
      }
    });
    const client = clientOf();
    await expect(client.stream(`${url}/cut`).then(textOf)).rejects.toMatchObject({ kind: 'network' });
    await expect(client.stream(`${url}/away`)).rejects.toMatchObject({ kind: 'status', status: 307 });
    await expect(client.stream(url)).rejects.toMatchObject({
      status: 410,
      body: 'gone',
      retryAfterMs: 3_000,
    });
  });

  it.each(['read to its end', 'left early', 'cut', 'aborted', 'refused'])(
    'leaves nothing behind on a signal that outlives it: %s',
    async (how) => {
      const closed: Promise<unknown>[] = [];
      const url = await serve((_, response) => {
        closed.push(new Promise((resolve) => response.on('close', resolve)));
        response.writeHead(how === 'refused' ? 500 : 200);
        response.write('x', () => how === 'cut' && response.destroy());
        if (how === 'read to its end' || how === 'refused') response.end();
      });
      const stop = new AbortController();
      const read = async () => {
        const { body } = await clientOf().stream(url, { signal: stop.signal });
        for await (const _ of body) {
          if (how === 'left early') break;
          if (how === 'aborted') stop.abort(new Error('enough'));
        }
      };
      const outcome = await read().then(
        () => 'ended',
        (error: Error) => error.message,
      );
      if (how === 'aborted') expect(outcome).toBe('enough');
      await Promise.all(closed);
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    },
  );
});

describe('TLS', () => {
  it('trusts the authority that is given, under the name that is given, and shows its own certificate', async () => {
    const servername = 'api.acme.test';
    const { private: key, cert } = await generate([{ name: 'commonName', value: servername }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: servername }] }],
    });
    const options = { key, cert, ca: cert, requestCert: true, rejectUnauthorized: false };
    const server = createTlsServer(options, (request, response) => {
      response.end(String('authorized' in request.socket && request.socket.authorized));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUp.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = clientOf({ tls: { ca: cert, cert, key, servername } });
    expect((await own.request(url)).text()).toBe('true');
    expect(await textOf(await own.stream(url))).toBe('true');
    const codeOf = (client: HttpClientOptions) =>
      clientOf(client)
        .request(url)
        .then(
          () => 'trusted',
          (error: { cause?: { code?: string } }) => error.cause?.code,
        );
    expect(await codeOf({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await codeOf({ tls: { ca: cert, servername: undefined } })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await codeOf({ tls: { rejectUnauthorized: false } })).toBe('trusted');
  });
});
