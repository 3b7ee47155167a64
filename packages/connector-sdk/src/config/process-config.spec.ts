import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactText } from '@painchain/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { readProcessConfig } from './process-config.js';

const folder = mkdtempSync(join(tmpdir(), 'process-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readProcessConfig', () => {
  it('works without anything set: the backend of this machine, no health server', () => {
    expect(readProcessConfig({})).toMatchObject({
      apiUrl: 'http://127.0.0.1:8000/api',
      dataDir: '.painchain',
      health: undefined,
      logLevel: 'info',
    });
  });

  it('serves its health on loopback only, unless it is told otherwise', () => {
    expect(readProcessConfig({ PAINCHAIN_HEALTH_PORT: '0' }).health).toEqual({ host: '127.0.0.1', port: 0 });
    const open = { PAINCHAIN_HEALTH_PORT: '9000', PAINCHAIN_HEALTH_HOST: '0.0.0.0' };
    expect(readProcessConfig(open).health).toEqual({ host: '0.0.0.0', port: 9000 });
  });

  it('finds a key that appears late, and its successor, and keeps both out of the log', () => {
    const path = join(folder, 'connector.key');
    const { apiKey } = readProcessConfig({ PAINCHAIN_DATA_DIR: folder });
    expect(apiKey).toThrow('There is no connector key');
    writeFileSync(path, 'first-key-1\n');
    expect(apiKey()).toBe('first-key-1');
    writeFileSync(path, 'second-key-2');
    expect(apiKey()).toBe('second-key-2');
    expect(redactText('first-key-1 second-key-2')).toBe('[redacted] [redacted]');
  });

  it('takes a key without the line break that it was stored with', () => {
    expect(readProcessConfig({ PAINCHAIN_API_KEY: 'given-key\n' }).apiKey()).toBe('given-key');
  });

  it('takes a key of the environment before the file of the data directory', () => {
    expect(readProcessConfig({ PAINCHAIN_API_KEY: 'given-key', PAINCHAIN_DATA_DIR: folder }).apiKey()).toBe(
      'given-key',
    );
  });
});
