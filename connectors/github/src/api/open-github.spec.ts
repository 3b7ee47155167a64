import { generateKeyPairSync } from 'node:crypto';
import { MockUpstream, ManualClock, testContext } from '@painchain/connector-sdk/testing';
import { createLogger } from '@painchain/connector-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitHubConfig } from '../config.js';
import { openGitHub } from './open-github.js';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  // As GitHub gives them out.
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

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

function open(credential: object, path = '') {
  const repositories = [{ owner: 'acme' }];
  return openGitHub(
    GitHubConfig.parse({ ...credential, base_url: `${upstream.url}${path}`, repositories }),
    context,
  );
}

const app = { id: 7, installation: 42, private_key: privateKey };
const exchange = '/app/installations/42/access_tokens';

function inMinutes(minutes: number): string {
  return new Date(clock.now() + minutes * 60_000).toISOString();
}

function date(): Record<string, string> {
  return { date: new Date(clock.now()).toUTCString() };
}

/** Gives out `token`, and keeps the claims of the App's word for it. */
function grant(token: string, claims: Record<string, number>[] = []): void {
  upstream.expect('POST', exchange, ({ headers }) => {
    const [, payload = ''] = (headers.authorization ?? '').split('.');
    claims.push(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, number>);
    const json = { token, expires_at: inMinutes(60), permissions: { contents: 'read' } };
    return { status: 201, headers: date(), json };
  });
}

function tokensOf(target: string): (string | undefined)[] {
  return upstream.requests.filter((one) => one.target === target).map(({ headers }) => headers.authorization);
}

describe('a token', () => {
  it('is sent with what GitHub wants to be asked with, under the path of an Enterprise Server', async () => {
    const github = open({ token: 'secret-token' }, '/api/v3/');
    upstream.expect('GET', '/api/v3/repos/acme/api', { headers: date(), json: { id: 1 } });
    expect(await github.get('/repos/acme/api')).toMatchObject({ unchanged: false, json: { id: 1 } });
    expect(upstream.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    });
    expect(github.host).toBe(new URL(upstream.url).host);
  });

  it('that is refused is asked with once, not once for each repository', async () => {
    const github = open({ token: 'secret-token' });
    upstream.expect('GET', '/repos/acme/api', { status: 401, json: { message: 'Bad credentials' } });
    await expect(github.get('/repos/acme/api')).rejects.toMatchObject({ code: 'credential-refused' });
    await expect(github.get('/repos/acme/web')).rejects.toMatchObject({ code: 'credential-refused' });
  });

  it('finds nothing where nothing is, but passes on what passes', async () => {
    const github = open({ token: 'secret-token' });
    for (const status of [404, 403, 410, 451, 409, 422]) {
      upstream.expect('GET', `/${status}`, { status, json: { message: 'no' } });
      expect(await github.find(`/${status}`)).toBeUndefined();
    }
    upstream.expect('GET', '/busy', { status: 502 });
    await expect(github.find('/busy')).rejects.toMatchObject({ code: 'github-failing', kind: 'upstream' });
  });

  it('goes to no other origin, and says where the server is', async () => {
    const github = open({ token: 'secret-token' }, '/api/v3');
    const location = 'https://github.example.com/api/v3/user?token=of-somebody';
    upstream.expect('GET', '/api/v3/user', { status: 301, headers: { ...date(), location } });
    const { origin } = new URL(upstream.url);
    await expect(github.get('/user')).rejects.toMatchObject({
      code: 'base-url-elsewhere',
      kind: 'configuration',
      detail: `${origin} leads to https://github.example.com, where the credential is not sent.`,
    });
    upstream.expect('GET', '/api/v3/repos/acme/api', {
      status: 301,
      headers: { ...date(), location: `${origin}/api/v3/repositories/7` },
    });
    await expect(github.get('/repos/acme/api')).rejects.toMatchObject({ code: 'moved' });
  });

  it('explains what is no answer, too', async () => {
    const github = open({ token: 'secret-token' });
    upstream.expect('GET', '/page', { text: '<html>' });
    await expect(github.get('/page')).rejects.toMatchObject({
      code: 'answer-unreadable',
      remedy: expect.stringContaining('`base_url`') as string,
    });
    const link = '<https://github.example.com/page?page=2>; rel="next"';
    upstream.expect('GET', '/list', { headers: { link }, json: [] });
    await expect(github.get('/list')).rejects.toMatchObject({ code: 'answer-unreadable' });
  });

  it('gives up a single thing over which GitHub fails every time', async () => {
    const github = open({ token: 'secret-token' });
    for (let time = 1; time < 5; time++) {
      upstream.expect('GET', '/compare', { status: 500 });
      await expect(github.find('/compare')).rejects.toMatchObject({ code: 'github-failing' });
    }
    upstream.expect('GET', '/compare', { status: 500 });
    expect(await github.find('/compare')).toBeUndefined();
  });
});

describe('an App', () => {
  it('asks with a token of its installation, which is renewed in time', async () => {
    const github = open({ app });
    const claims: Record<string, number>[] = [];
    grant('ghs_first', claims);
    for (let time = 0; time < 3; time++) upstream.expect('GET', '/x', { headers: date(), json: {} });
    await github.get('/x');
    await github.get('/x');
    await clock.advance(56 * 60_000);
    grant('ghs_second');
    await github.get('/x');
    expect(tokensOf('/x')).toEqual(['Bearer ghs_first', 'Bearer ghs_first', 'Bearer ghs_second']);
    expect(claims[0]).toMatchObject({ iss: 7 });
    expect(github.rights()).toEqual({ contents: 'read' });
  });

  it('renews its token once, however many ask at the same time', async () => {
    const github = open({ app });
    grant('ghs_only');
    for (const target of ['/a', '/b', '/c']) upstream.expect('GET', target, { headers: date(), json: {} });
    await Promise.all(['/a', '/b', '/c'].map((target) => github.get(target)));
    expect(tokensOf(exchange)).toHaveLength(1);
  });

  it('renews a token that was revoked, and asks again', async () => {
    const github = open({ app });
    grant('ghs_first');
    upstream.expect('GET', '/x', { headers: date(), json: {} });
    await github.get('/x');
    await clock.advance(2 * 60_000);
    grant('ghs_second');
    upstream.expect('GET', '/x', { status: 401, headers: date() });
    upstream.expect('GET', '/x', { headers: date(), json: { good: true } });
    expect(await github.get('/x')).toMatchObject({ json: { good: true } });
    expect(tokensOf('/x').at(-1)).toBe('Bearer ghs_second');
  });

  it('comes to rest when renewing does not help', async () => {
    const github = open({ app });
    grant('ghs_first');
    for (let time = 0; time < 8; time++) upstream.expect('GET', '/x', { status: 401, headers: date() });
    for (let time = 0; time < 20; time++) {
      await expect(github.get('/x')).rejects.toMatchObject({ code: 'credential-refused' });
    }
    expect(tokensOf('/x').length).toBeLessThanOrEqual(8);
    await upstream.stop().catch(() => undefined);
    upstream = await MockUpstream.start();
  });

  it('tells the time by GitHub’s clock when its own is wrong', async () => {
    const github = open({ app });
    const claims: Record<string, number>[] = [];
    const ahead = new Date(clock.now() + 40 * 60_000).toUTCString();
    upstream.expect('POST', exchange, { status: 401, headers: { date: ahead } });
    grant('ghs_first', claims);
    upstream.expect('GET', '/x', { json: {} });
    await github.get('/x');
    const issued = (claims[0]?.iat ?? 0) * 1000 - clock.now();
    expect(issued).toBeGreaterThan(39 * 60_000);
  });

  it.each([
    [401, 'app-refused'],
    [404, 'installation-missing'],
    [403, 'credential-suspended'],
  ])('that GitHub answers with %i says so', async (status, code) => {
    const github = open({ app });
    const json = { message: 'This installation has been suspended' };
    upstream.expect('POST', exchange, { status, headers: date(), json });
    await expect(github.get('/x')).rejects.toMatchObject({ code, kind: 'configuration' });
    await expect(github.get('/y')).rejects.toMatchObject({ code });
  });

  it.each(['no key', privateKey.slice(0, 400), privateKey.replace(/[A-Z]/, '!')])(
    'with a key that is none says what to do, and never quotes it',
    async (private_key) => {
      const error: unknown = await open({ app: { ...app, private_key } })
        .get('/x')
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'app-key-unreadable', kind: 'configuration' });
      expect(JSON.stringify(error)).not.toContain(private_key.slice(40, 80) || 'no key');
    },
  );

  it('takes a key whose line breaks a variable has lost', async () => {
    const github = open({ app: { ...app, private_key: privateKey.replaceAll('\n', '\\n') } });
    grant('ghs_first');
    upstream.expect('GET', '/x', { headers: date(), json: {} });
    await github.get('/x');
    expect(tokensOf('/x')).toEqual(['Bearer ghs_first']);
  });

  it('keeps its tokens out of the logs, whatever they look like', async () => {
    const github = open({ app });
    grant('v1.of-an-old-server');
    upstream.expect('GET', '/x', { headers: date(), json: {} });
    await github.get('/x');
    let written = '';
    const log = createLogger({ name: 'test' }, { write: (line: string) => void (written += line) });
    log.warn({ token: 'v1.of-an-old-server' }, 'a line');
    expect(written).toContain('[redacted]');
  });
});
