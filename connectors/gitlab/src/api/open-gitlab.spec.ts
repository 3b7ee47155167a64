import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ManualClock, MockUpstream, testContext } from '@painchain/connector-sdk/testing';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitLabConfig } from '../config.js';
import { openGitLab } from './open-gitlab.js';

let upstream: MockUpstream;
let clock: ManualClock;
let context: ReturnType<typeof testContext>;

beforeEach(async () => {
  upstream = await MockUpstream.start();
  clock = new ManualClock();
  context = testContext(clock);
});

afterEach(async () => {
  await context.close();
  await upstream.stop();
});

function open(path = '', config: object = {}) {
  const projects = [{ project: 42 }];
  const base_url = `${upstream.url}${path}`;
  return openGitLab(GitLabConfig.parse({ token: 'secret-token', base_url, projects, ...config }), context);
}

describe('a token', () => {
  it('is sent under the sub-path that the server lives under', async () => {
    const gitlab = open('/tools/gitlab/');
    upstream.expect('GET', '/tools/gitlab/api/v4/projects/7', { json: { id: 7 } });
    expect(await gitlab.get('/projects/7')).toMatchObject({ unchanged: false, json: { id: 7 } });
    expect(upstream.requests[0]?.headers).toMatchObject({ 'private-token': 'secret-token' });
    expect(gitlab.host).toBe(`${new URL(upstream.url).host}/tools/gitlab`);
  });

  it('that is refused is asked with once, not once for each project, and once a minute after that', async () => {
    const gitlab = open();
    const answer = { status: 401, json: { error: 'invalid_token', error_description: 'Token is expired.' } };
    upstream.expect('GET', '/api/v4/projects/7', answer);
    await expect(gitlab.get('/projects/7')).rejects.toMatchObject({ code: 'token-expired' });
    await expect(gitlab.get('/projects/8')).rejects.toMatchObject({ code: 'token-expired' });
    await clock.advance(61_000);
    upstream.expect('GET', '/api/v4/projects/8', { json: { id: 8 } });
    expect(await gitlab.get('/projects/8')).toMatchObject({ json: { id: 8 } });
  });

  it('that has asked too much rests, and nothing else is asked with it meanwhile', async () => {
    const gitlab = open();
    upstream.expect('GET', '/api/v4/projects/7', { status: 429, text: 'Retry later\n' });
    await expect(gitlab.get('/projects/7')).rejects.toMatchObject({ code: 'rate-limited' });
    const error: unknown = await gitlab.find('/projects/8').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate-limited' });
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(upstream.requests).toHaveLength(1);
  });

  it('finds nothing where nothing is, but passes on what passes', async () => {
    const gitlab = open();
    for (const status of [404, 403, 410, 400, 422]) {
      upstream.expect('GET', `/api/v4/${status}`, { status, json: { message: 'no' } });
      expect(await gitlab.find(`/${status}`)).toBeUndefined();
    }
    upstream.expect('GET', '/api/v4/busy', { status: 502 });
    await expect(gitlab.find('/busy')).rejects.toMatchObject({ code: 'gitlab-failing', kind: 'upstream' });
  });

  it('gives up a single thing over which GitLab fails every time', async () => {
    const gitlab = open();
    for (let time = 1; time < 5; time++) {
      upstream.expect('GET', '/api/v4/compare', { status: 500 });
      await expect(gitlab.find('/compare')).rejects.toMatchObject({ code: 'gitlab-failing' });
    }
    upstream.expect('GET', '/api/v4/compare', { status: 500 });
    expect(await gitlab.find('/compare')).toBeUndefined();
  });

  it('goes to no other origin, and says where the server is', async () => {
    const gitlab = open();
    const location = 'https://gitlab.example.com/api/v4/user?private_token=of-somebody';
    upstream.expect('GET', '/api/v4/user', { status: 301, headers: { location } });
    await expect(gitlab.get('/user')).rejects.toMatchObject({
      code: 'base-url-elsewhere',
      detail: `${upstream.url} leads to https://gitlab.example.com, where the credential is not sent.`,
    });
    const link = '<https://gitlab.example.com/page?page=2>; rel="next"';
    upstream.expect('GET', '/api/v4/list', { headers: { link }, json: [] });
    await expect(gitlab.get('/list')).rejects.toMatchObject({ code: 'answer-unreadable' });
  });
});

describe('a certificate authority of its own', () => {
  it('is what the server is known by', async () => {
    const altNames = [{ type: 7 as const, ip: '127.0.0.1' }];
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'gitlab.test' }], {
      extensions: [{ name: 'subjectAltName', altNames }],
    });
    const server = createServer({ cert, key }, (_, response) => response.end('{"id":7}'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base_url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await open('', { base_url, ca: cert }).get('/projects/7')).toMatchObject({ json: { id: 7 } });
      await expect(open('', { base_url }).get('/projects/7')).rejects.toMatchObject({
        code: 'certificate-refused',
        remedy: expect.stringContaining('`ca_file`') as string,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([
    ['that can’t be read', '/nowhere/ca.pem'],
    ['that holds no certificate', import.meta.filename],
  ])('%s is said to be, by what it is called', (_, ca_file) => {
    expect(() => open('', { ca_file })).toThrow(
      expect.objectContaining({ code: 'ca-unreadable', kind: 'configuration' }) as Error,
    );
  });
});
