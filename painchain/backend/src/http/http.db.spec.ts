import { request } from 'node:http';
import { Problem } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from './testing/raw-request.js';
import { type TestApp, startTestApp } from './testing/test-app.js';

const allowed = 'painchain.example, backend, *.tenants.example';
let app: TestApp;
beforeAll(async () => (app = await startTestApp({ PAINCHAIN_ALLOWED_HOSTS: allowed })));
afterAll(() => app.close());

const event = {
  title: 'Deployed',
  connector: 'ci',
  project: 'acme/api',
  timestamp: '2026-11-24T10:35:00Z',
  data: {},
};

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

// fetch sets Host, Origin and Sec-Fetch-* by itself; node:http sends what it is told.
function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: app.port, path, method, headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

const post = (headers: Record<string, string> = {}, body = JSON.stringify(event)) =>
  send('/api/events', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

function problemOf({ status, headers, text }: Awaited<ReturnType<typeof send>>): string {
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = Problem.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  expect(problem.instance).toBe(headers['x-request-id'] ?? problem.instance);
  return problem.type.replace('urn:painchain:problem:', '');
}

describe('hosts', () => {
  it.each([
    'localhost',
    'localhost:8000',
    '127.0.0.1',
    '[::1]:8000',
    'LOCALHOST',
    'painchain.example',
    'backend:80',
    'acme.tenants.example',
    'Acme.Tenants.Example:443',
  ])('serves %s', async (host) => {
    expect((await send('/api', { headers: { host } })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'localhost.',
    '10.0.0.1',
    '127.0.0.1.nip.io',
    'localhost@evil.example',
    'localhost:8000:8000',
    'a b',
    'tenants.example',
    'a.b.tenants.example',
    'tenants.example.evil.example',
    '.tenants.example',
  ])('refuses %j', async (host) => {
    for (const path of ['/api', '/api/timeline', '/home', '/']) {
      expect(problemOf(await send(path, { headers: { host } }))).toBe('foreign-host');
    }
  });

  it('does not believe X-Forwarded-Host', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost' };
    expect(problemOf(await send('/api', { headers }))).toBe('foreign-host');
  });
});

describe('origins', () => {
  it('takes writes from programs and from its own pages', async () => {
    expect((await post()).status).toBeLessThan(300);
    const own = { host: 'localhost:8000', origin: 'http://localhost:8000', 'sec-fetch-site': 'same-origin' };
    expect((await post(own)).status).toBeLessThan(300);
    const behindTls = { host: 'painchain.example', origin: 'https://painchain.example' };
    expect((await post(behindTls)).status).toBeLessThan(300);
  });

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'http://evil.example' }],
    ['another port of this machine', { host: 'localhost:8000', origin: 'http://localhost:3000' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site request', { 'sec-fetch-site': 'same-site' }],
  ])('refuses writes from %s', async (_, headers) => {
    expect(problemOf(await post(headers))).toBe('foreign-origin');
  });

  it('lets a foreign page read nothing: no CORS header is ever sent', async () => {
    const { headers } = await send('/api', { headers: { origin: 'http://evil.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('tenants', () => {
  it('lets X-Tenant-ID agree, and nothing else', async () => {
    expect((await send('/api/timeline', { headers: { 'x-tenant-id': 'default' } })).status).toBe(200);
    expect(problemOf(await send('/api/timeline', { headers: { 'x-tenant-id': 'acme' } }))).toBe(
      'not-allowed',
    );
    expect(problemOf(await send('/api/timeline', { headers: { 'x-tenant-id': '' } }))).toBe('not-allowed');
  });
});

describe('the connector key', () => {
  const register = (authorization?: string) =>
    send('/api/connectors/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      body: '{}',
    });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer wrong', 'Basic eDp4', 'bearer pc_connector_0 x'])(
    'is demanded of connectors: %s is none',
    async (authorization) => {
      const answer = await register(authorization);
      expect(problemOf(answer)).toBe('missing-key');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    },
  );

  it('lets the right one in, whose body is then read', async () => {
    expect(problemOf(await register(`Bearer ${app.config.connectorKey}`))).toBe('invalid');
  });
});

describe('what nothing serves', () => {
  it.each(['/api/nothing', '/api/events/x/y/z', '/api/../etc/passwd', '/api/%2e%2e', '/apix.txt'])(
    '%s is a problem',
    async (path) => {
      const answer = await send(path);
      expect(problemOf(answer)).toBe('not-found');
    },
  );

  it('says by which method a path is served', async () => {
    const answer = await send('/api/timeline', { method: 'DELETE' });
    expect(problemOf(answer)).toBe('method-not-allowed');
    expect(answer.headers['allow']).toBe('GET, HEAD');
    expect(problemOf(await send('/api/events/evt_0', { method: 'PATCH' }))).toBe('method-not-allowed');
  });

  it.each([
    '/api/%',
    '/api/%zz',
    '/api/events/%c0%af',
    `/api/events/${'x'.repeat(5_000)}`,
    '/%00',
    '/%5c..%5cetc',
  ])('answers %.40s with a 4xx', async (path) => {
    const answer = await send(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    problemOf(answer);
  });
});

describe('bodies', () => {
  it.each([
    ['broken JSON', {}, '{', 'malformed-request'],
    ['nothing', {}, '', 'malformed-request'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 'unsupported-media-type'],
    ['no type', { 'content-type': '' }, '{}', 'unsupported-media-type'],
    ['a wrong event', {}, '{}', 'invalid'],
    ['no object', {}, '[]', 'invalid'],
  ] as [string, Record<string, string>, string, string][])('refuses %s', async (_, headers, body, code) => {
    expect(problemOf(await post(headers, body))).toBe(code);
  });

  it('refuses what is too large', async () => {
    expect(problemOf(await post({}, `"${'x'.repeat(6 * 1024 * 1024)}"`))).toBe('too-large');
  });

  it('points at what is wrong in a query', async () => {
    const answer = await send('/api/timeline?limit=0&nonsense=1');
    expect(problemOf(answer)).toBe('invalid');
    const { errors } = Problem.parse(JSON.parse(answer.text));
    expect(errors?.map(({ pointer }) => pointer)).toContain('/limit');
  });
});

describe('the wire', () => {
  const get = (lines: string[], path = '/api') =>
    rawRequest(app.port, [`GET ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'));
  const body = JSON.stringify(event);
  const write = (lines: string[], sent = body) =>
    rawRequest(
      app.port,
      [
        'POST /api/events HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/json',
        'Connection: close',
        ...lines,
        '',
        sent,
      ].join('\r\n'),
    );

  it.each<[string, () => ReturnType<typeof rawRequest>]>([
    ['an empty Host header', () => get(['Host:'])],
    ['two Host headers', () => get(['Host: localhost', 'Host: localhost'])],
    ['no Host header', () => get([])],
    ['length and chunks', () => write([`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'])],
    ['two lengths', () => write([`Content-Length: ${body.length}`, 'Content-Length: 1'])],
    ['a signed length', () => write([`Content-Length: +${body.length}`])],
    ['an unknown coding', () => write(['Transfer-Encoding: xchunked'])],
    ['a space before the colon', () => get(['Host: localhost', 'X-Test : 1'])],
    ['a folded header', () => get(['Host: localhost', 'X-Test: 1', ' folded'])],
    ['a NUL in a header', () => get(['Host: localhost', 'X-Test: a\0b'])],
    ['a bare line feed', () => rawRequest(app.port, 'GET /api HTTP/1.1\nHost: localhost\n\n')],
    ['a space in the path', () => get(['Host: localhost'], '/api /x')],
    ['another protocol', () => rawRequest(app.port, Buffer.from('160301020001000', 'hex'))],
    ['headers without end', () => get(['Host: localhost', `X-Test: ${'x'.repeat(40_000)}`])],
    ['a bad chunk size', () => write(['Transfer-Encoding: chunked'], `zz\r\n${body}\r\n0\r\n\r\n`)],
    ['a whole URL of another host', () => get(['Host: localhost'], 'http://evil.example/api')],
  ])('answers %s with a 4xx problem', async (_, sent) => {
    const { status, text } = await sent();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).toMatch(/content-type: application\/problem\+json/i);
  });

  it('treats the second request of one write as its own, not as part of the first', async () => {
    const two = `GET /api HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    const { text } = await rawRequest(app.port, two);
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
  });
});

describe('headers', () => {
  it('let nothing foreign run, be framed or be kept', async () => {
    for (const path of ['/api', '/', '/api/nothing']) {
      const { headers } = await send(path);
      const policy = String(headers['content-security-policy']);
      for (const rule of [
        "script-src 'self';",
        "style-src 'self';",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe(path === '/' ? headers['cache-control'] : 'no-store');
    }
  });

  it('let images stand inside of the style sheet of the page of the API alone', async () => {
    const images = async (path: string) =>
      /img-src ([^;]*)/.exec(String((await send(path)).headers['content-security-policy']))?.[1];
    expect(await images('/api/docs')).toBe("'self' data:");
    for (const path of ['/api/docsx', '/home?/api/docs', '/home', '/api/timeline']) {
      expect(await images(path)).toBe("'self'");
    }
  });
});

describe('the log', () => {
  it('tells each request once, by its id, and no secret', async () => {
    const canary = 'canary-5f1c9a';
    const answer = await send(`/api/nothing?token=${canary}`, {
      headers: { authorization: `Bearer ${canary}`, cookie: canary, 'x-api-key': canary },
    });
    await post(
      { authorization: `Bearer ${app.config.connectorKey}` },
      JSON.stringify({ ...event, token: canary }),
    );
    const id = String(answer.headers['x-request-id']);
    const lines = app
      .log()
      .split('\n')
      .filter((line) => line.includes(id));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ request_id: id, status: 404, path: '/api/nothing' });
    expect(app.log()).not.toContain(canary);
    expect(app.log()).not.toContain(app.config.connectorKey);
    expect(app.log()).not.toContain(new URL(app.config.ownerUrl).password);
  });
});
