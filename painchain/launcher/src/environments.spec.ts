import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { backendEnvironment, connectorEnvironment } from './environments.js';

const connector = { name: 'git-connector', file: 'config/git-connector.yaml' };

describe('what the processes are told', () => {
  it('keeps the database and the sealing key from connectors, and hands them their tokens', () => {
    const env = {
      DATABASE_URL: 'postgres://owner:secret@db/painchain',
      PAINCHAIN_APP_DATABASE_URL: 'postgres://app:secret@db/painchain',
      PAINCHAIN_SECRET_KEY_FILE: '/run/secret',
      GITHUB_TOKEN: 'for the connector',
    };
    const told = connectorEnvironment(readConfig('/srv/painchain', env), connector, env);
    expect(Object.keys(told).filter((name) => /DATABASE|SECRET/.test(name))).toEqual([]);
    expect(told).toMatchObject({
      GITHUB_TOKEN: 'for the connector',
      PAINCHAIN_API_URL: 'http://127.0.0.1:8000/api',
      PAINCHAIN_API_KEY_FILE: '/srv/painchain/.painchain/connector.key',
      PAINCHAIN_CONFIG: 'config/git-connector.yaml',
      PAINCHAIN_HEALTH_PORT: '0',
    });
  });

  it('keeps a connector without a file from making something up of the environment', () => {
    const env = { PAINCHAIN_CONFIG: 'mine.yaml', GITHUB_TOKEN: 'set for something else' };
    const told = connectorEnvironment(readConfig('/srv', env), { name: 'github', file: undefined }, env);
    expect(told).toMatchObject({
      PAINCHAIN_CONFIG: 'none',
      PAINCHAIN_DATA_DIR: '/srv/.painchain/connectors/github',
    });
  });

  it('gives the key once: as it was given, or as the file that the backend makes', () => {
    const env = { PAINCHAIN_API_KEY: 'given-by-the-operator' };
    const told = connectorEnvironment(readConfig('/srv', env), connector, env);
    expect(told.PAINCHAIN_API_KEY).toBe('given-by-the-operator');
    expect(told.PAINCHAIN_API_KEY_FILE).toBeUndefined();
  });

  it('gives the backend one address of the database, however we were given it', () => {
    const told = backendEnvironment(readConfig('/srv', {}), 'postgres://here', {
      DATABASE_URL_FILE: '/run/url',
    });
    expect(told.DATABASE_URL).toBe('postgres://here');
    expect(told.DATABASE_URL_FILE).toBeUndefined();
  });
});

describe('the launcher’s settings', () => {
  it('find the backend by loopback when it listens everywhere', () => {
    expect(readConfig('/srv', { PAINCHAIN_HOST: '0.0.0.0', PAINCHAIN_PORT: '9000' })).toMatchObject({
      localUrl: 'http://127.0.0.1:9000',
      publicUrl: 'http://localhost:9000',
    });
  });

  it('name every fault at once', () => {
    expect(() => readConfig('/srv', { PAINCHAIN_PORT: 'eighty', PAINCHAIN_WATCH: 'perhaps' })).toThrow(
      /PAINCHAIN_PORT[\s\S]*PAINCHAIN_WATCH/,
    );
  });
});
