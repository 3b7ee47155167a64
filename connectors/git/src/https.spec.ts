import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scratchFolder } from './testing/scratch-repository.js';
import { Watch, sourceFor } from './testing/watch.js';

vi.setConfig({ testTimeout: 60_000 });

const folder = scratchFolder();
const certificate = `${folder.path}/certificate.pem`;
const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
});
writeFileSync(certificate, cert);

/** What each host was asked for, and with which credential. */
const asked: { host: string; path: string; authorization: string | undefined }[] = [];
const servers: Server[] = [];

async function serve(host: string, listener: RequestListener): Promise<number> {
  const options = { key, cert };
  const server = createServer(options, (request, response) => {
    const { authorization } = request.headers;
    asked.push({ host, path: request.url ?? '', authorization });
    listener(request, response);
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('a remote by https', () => {
  let port: number;

  beforeAll(async () => {
    const elsewhere = await serve('elsewhere', (_, response) => response.writeHead(404).end());
    port = await serve('forge', ({ url = '' }, response) => {
      if (url.startsWith('/private/')) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="forge"' }).end();
      } else if (url.startsWith('/moved/')) {
        response.writeHead(302, { location: `https://localhost:${elsewhere}${url}` }).end();
      } else {
        response.writeHead(404).end();
      }
    });
  });
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
    folder.remove();
  });

  const lookAt = async (path: string, given: object = {}, env = { SSL_CERT_FILE: certificate }) => {
    const url = `https://localhost:${port}/${path}`;
    return new Watch(await sourceFor({ url, ...given }, `${folder.path}/data`, { env })).look();
  };

  it.each([
    ['private/shop', {}, 'authentication-failed'],
    ['private/shop', { token: 'wrong-token-1234' }, 'authentication-failed'],
    ['nobody/knows', {}, 'repository-not-found'],
    ['moved/shop', { token: 'wrong-token-1234' }, 'redirected'],
  ])('that answers %s with %j by a refusal has its state: %s', async (path, given, code) => {
    await expect(lookAt(path, given)).rejects.toMatchObject({ code, kind: 'configuration' });
  });

  it('gets the token, and nobody that it redirects to does', async () => {
    asked.length = 0;
    await lookAt('moved/shop', { token: 'wrong-token-1234', username: 'ada' }).catch(() => undefined);
    const basic = `Basic ${Buffer.from('ada:wrong-token-1234').toString('base64')}`;
    expect(new Set(asked.map(({ host, authorization }) => `${host} ${authorization}`))).toEqual(
      new Set([`forge ${basic}`]),
    );
  });

  it.each(['', '/nonexistent/ca.pem'])(
    'whose certificate is not among "%s" is asked nothing',
    async (file) => {
      asked.length = 0;
      const untrusted = lookAt('private/shop', { token: 'wrong-token-1234' }, { SSL_CERT_FILE: file });
      await expect(untrusted).rejects.toMatchObject({ code: 'certificate-not-trusted' });
      expect(asked).toEqual([]);
    },
  );
});
