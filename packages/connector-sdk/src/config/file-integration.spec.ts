import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorManifest } from '@painchain/contract';
import { ConfigurationError, redactText } from '@painchain/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchemaOf, publicSetting } from './config-schema.js';
import { readFileIntegration } from './file-integration.js';

const folder = mkdtempSync(join(tmpdir(), 'file-integration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configSchema = z.strictObject({
  token: z.string(),
  repositories: z.array(z.strictObject({ path: publicSetting(z.string()), password: z.string().optional() })),
});
const connector = {
  configSchema,
  environment: { token: 'FORGE_TOKEN', 'repositories.0.path': 'FORGE_PATH' },
};
const manifest: ConnectorManifest = {
  type: 'forge',
  name: 'Forge',
  description: '',
  mode: 'poll',
  config_schema: configSchemaOf(configSchema),
  event_schemas: {},
};

type Given = Parameters<typeof readFileIntegration>[0];

function read(text: string | undefined, env: Record<string, string> = {}, given: Given = connector) {
  const path = join(folder, 'config.yaml');
  rmSync(path, { force: true });
  if (text !== undefined) writeFileSync(path, text);
  return readFileIntegration(given, manifest, { path, named: text !== undefined }, env);
}

function faultsOf(text: string, env = {}): string[] {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.issues.map(({ where, fault }) => `${where}: ${fault}`);
    throw error;
  }
  return [];
}

describe('readFileIntegration', () => {
  it('names the integration by its type and project, or as the file says', () => {
    const config = 'config: {token: t, repositories: []}';
    expect(read(`connector: {type: forge, project: team}\n${config}`)).toMatchObject({
      name: 'forge-team',
      group: 'team',
      config: { token: 't', repositories: [] },
      path: join(folder, 'config.yaml'),
    });
    expect(read(`connector: {type: forge, project: team, name: mine}\n${config}`)?.name).toBe('mine');
  });

  it('takes a secret from its variable when the file says nothing, and the file’s otherwise', () => {
    const head = 'connector: {type: forge, project: team}\nconfig: {repositories: []';
    expect(read(`${head}}`, { FORGE_TOKEN: 'from-env' })?.config).toMatchObject({ token: 'from-env' });
    const own = read(`${head}, token: "\${MINE}"}`, { FORGE_TOKEN: 'from-env', MINE: 'from-file' });
    expect(own?.config).toMatchObject({ token: 'from-file' });
  });

  it('takes everything from the environment when there is no file', () => {
    expect(read(undefined, { FORGE_TOKEN: 't', FORGE_PATH: '/x', PAINCHAIN_PROJECT: 'ops' })).toMatchObject({
      name: 'forge-ops',
      config: { token: 't', repositories: [{ path: '/x' }] },
    });
  });

  it('lets a variable that is set for something else not contradict the file', () => {
    const when = ({ password }: Readonly<Record<string, unknown>>) => password === undefined;
    const schema = z.strictObject({ token: z.string().optional(), password: z.string().optional() });
    const given = { configSchema: schema, environment: { token: { variable: 'FORGE_TOKEN', when } } };
    const head = 'connector: {type: forge, project: team}\nconfig:';
    const env = { FORGE_TOKEN: 'from-env' };
    expect(read(`${head} {password: p}`, env, given)?.config).toEqual({ password: 'p' });
    expect(read(`${head} {}`, env, given)?.config).toEqual({ token: 'from-env' });
  });

  it('is undefined when the environment alone could never say all that is required', () => {
    const environment = { token: 'FORGE_TOKEN' };
    expect(read(undefined, { FORGE_TOKEN: 't' }, { configSchema, environment })).toBeUndefined();
  });

  it('is undefined when neither a file nor the environment says anything', () => {
    expect(read(undefined)).toBeUndefined();
  });

  it('tells all faults at once, with the variables that would mend them', () => {
    expect(faultsOf('connector: {type: git}\nconfig: {repositories: [{pth: a}]}\nextra: 1')).toEqual([
      'connector.project: is required',
      'extra: is not a known setting',
      'connector.type: must be forge: that is what this connector is',
      'config.token: is required: set it here or by the variable FORGE_TOKEN',
      'config.repositories.0.path: is required: set it here or by the variable FORGE_PATH',
      'config.repositories.0.pth: is not a known setting',
    ]);
  });

  it('keeps what the schema does not mark as public out of every log', () => {
    const text = 'config: {token: tok-1234, repositories: [{path: /public/path, password: pass-1234}]}';
    read(`connector: {type: forge, project: team}\n${text}`);
    expect(redactText('tok-1234 /public/path pass-1234')).toBe('[redacted] /public/path [redacted]');
  });
});
