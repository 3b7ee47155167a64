import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, redactText } from '@painchain/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'painchain-config-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const read = (env: Record<string, string> = {}) =>
  readConfig({
    DATABASE_URL: 'postgresql://owner:owner-password@localhost:5432/painchain',
    PAINCHAIN_DATA_DIR: dataDir,
    ...env,
  });

function faults(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('readConfig', () => {
  it.each([
    [
      'a password whose % stands for nothing',
      { DATABASE_URL: 'postgresql://owner:100%@localhost/painchain' },
    ],
    ['a key that no header can carry', { PAINCHAIN_API_KEY: 'two words, sixteen' }],
  ])('refuses %s, in words', (_, env) => {
    expect(faults(env)).toContain(Object.keys(env)[0]);
  });

  it('serves on loopback and keeps 18 months unless told otherwise', () => {
    expect(read()).toMatchObject({
      host: '127.0.0.1',
      port: 8_000,
      allowOpen: false,
      allowedHosts: [],
      retention: { count: 18, unit: 'months' },
      isAppUrlDerived: true,
    });
  });

  it('lists every fault at once', () => {
    const text = faults({ DATABASE_URL: 'mysql://x', PAINCHAIN_PORT: '70000', PAINCHAIN_RETENTION: 'soon' });
    for (const name of ['DATABASE_URL', 'PAINCHAIN_PORT', 'PAINCHAIN_RETENTION'])
      expect(text).toContain(name);
  });

  it('serves as an unprivileged role whose password follows from the owner’s and does not reveal it', () => {
    const { appUrl } = read();
    expect(appUrl).toMatch(/^postgresql:\/\/painchain_app:[0-9a-f]{64}@localhost:5432\/painchain$/);
    expect(read().appUrl).toBe(appUrl);
    expect(read({ DATABASE_URL: 'postgresql://owner:other@localhost:5432/painchain' }).appUrl).not.toBe(
      appUrl,
    );
  });

  it('makes its keys once, for their owner’s eyes only', () => {
    const { connectorKey, secretKey } = read();
    expect(connectorKey).toMatch(/^pc_connector_[0-9a-f]{64}$/);
    expect(secretKey).toHaveLength(32);
    for (const name of ['connector.key', 'secret.key']) {
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    }
    expect(readdirSync(dataDir).sort()).toEqual(['connector.key', 'secret.key']);
    expect(read()).toMatchObject({ connectorKey, secretKey });
  });

  it('takes keys from the environment or from files that it is told of', () => {
    const key = 'k'.repeat(20);
    const secret = Buffer.alloc(32, 7).toString('base64');
    const file = join(dataDir, 'given');
    writeFileSync(file, `${key}\n`);
    expect(read({ PAINCHAIN_API_KEY: key, PAINCHAIN_SECRET_KEY: secret }).connectorKey).toBe(key);
    expect(readdirSync(dataDir)).toEqual(['given']);
    expect(read({ PAINCHAIN_API_KEY_FILE: file, PAINCHAIN_SECRET_KEY: secret }).connectorKey).toBe(key);
  });

  it('refuses keys that protect nothing, and never replaces one', () => {
    expect(faults({ PAINCHAIN_API_KEY: 'short' })).toMatch(/PAINCHAIN_API_KEY/);
    expect(faults({ PAINCHAIN_SECRET_KEY: 'c2hvcnQ=' })).toMatch(/32 bytes/);
    writeFileSync(join(dataDir, 'secret.key'), 'damaged');
    expect(faults({})).toMatch(/restore the key/);
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8')).toBe('damaged');
  });

  it('names the variable when a key can be neither read nor made', () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(faults({ PAINCHAIN_API_KEY_FILE: join(dataDir, 'file', 'key') })).toMatch(
      /PAINCHAIN_API_KEY_FILE/,
    );
  });

  it('lets none of its secrets into a log', () => {
    const { connectorKey, secretKey, appUrl, ownerUrl } = read();
    const text = redactText([connectorKey, secretKey.toString('base64'), appUrl, ownerUrl].join(' '));
    expect(text).not.toContain(connectorKey.slice(13));
    expect(text).not.toContain(secretKey.toString('base64'));
    expect(text).not.toContain(new URL(appUrl).password);
    expect(text).not.toContain('owner-password');
  });
});
