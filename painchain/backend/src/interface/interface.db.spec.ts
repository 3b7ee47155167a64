import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startTestApp } from '../http/testing/test-app.js';

const root = mkdtempSync(join(tmpdir(), 'painchain-interface-'));
const built = join(root, 'dist');
let app: TestApp;
beforeAll(async () => {
  writeFileSync(join(root, 'secret.txt'), 'outside');
  mkdirSync(join(built, 'assets'), { recursive: true });
  app = await startTestApp({ PAINCHAIN_INTERFACE_DIR: built });
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true, force: true });
});

// fetch would tidy the path up before it sends it.
function get(path: string, accept?: string) {
  return new Promise<{ status: number; type: string; cache: string; text: string }>((resolve, reject) => {
    const headers = accept === undefined ? {} : { accept };
    const sent = request({ host: '127.0.0.1', port: app.port, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          cache: answer.headers['cache-control'] ?? '',
          text,
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the interface', () => {
  it('says how to build it while it is not built', async () => {
    expect(await get('/')).toMatchObject({
      status: 503,
      text: expect.stringContaining('npm run build') as string,
    });
    writeFileSync(join(built, 'index.html'), '<title>page</title>');
    writeFileSync(join(built, 'assets', 'index-abc123.js'), 'export {}');
    writeFileSync(join(built, '.env'), 'hidden');
  });

  it.each(['/', '/home', '/settings', '/home?from=x', '/some/deep/page'])(
    'has its one page at %s',
    async (path) => {
      expect(await get(path, 'text/html,*/*')).toMatchObject({
        status: 200,
        type: 'text/html; charset=utf-8',
        cache: 'no-cache',
        text: '<title>page</title>',
      });
    },
  );

  it('lets what is named by its content be kept for ever', async () => {
    expect(await get('/assets/index-abc123.js')).toMatchObject({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
    });
  });

  it.each(['/assets/missing.js', '/favicon.png', '/api/missing', '/assets'])(
    'has no page at %s',
    async (path) => {
      expect((await get(path, 'application/json')).status).toBe(404);
    },
  );

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%5c..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%00/secret.txt',
    '/%252e%252e/secret.txt',
    '//secret.txt',
    '/.env',
    '/link.txt',
  ])('lets nobody out of its folder by %s', async (path) => {
    if (path === '/link.txt') symlinkSync(join(root, 'missing.txt'), join(built, 'link.txt'));
    const { status, text } = await get(path, 'text/html');
    expect([400, 404]).toContain(status);
    expect(text).not.toMatch(/outside|hidden/);
  });
});
