import { chmodSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Drift } from '@painchain/contract';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { configSchemaOf, publicSetting } from './config-schema.js';
import { FileDrift } from './file-drift.js';
import { type FileIntegration, readFileIntegration } from './file-integration.js';

const folder = mkdtempSync(join(tmpdir(), 'file-drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'config.yaml');
const configSchema = z.strictObject({
  token: z.string().optional(),
  urls: z.array(publicSetting(z.string())).default([]),
});
const connector = { configSchema, environment: { token: 'FORGE_TOKEN' } };
const manifest = {
  type: 'forge',
  name: 'Forge',
  description: '',
  mode: 'poll' as const,
  config_schema: configSchemaOf(configSchema),
  event_schemas: {},
};
const canary = 'canary-0123456789';
const head = 'connector: {type: forge, project: team}\n';
const start = `${head}config: {token: "\${MINE}", urls: [a]}`;

function watch(text: string | null = start, env: Record<string, string> = { MINE: canary }) {
  if (text !== null) writeFileSync(path, text);
  const read = vi.fn<() => FileIntegration | undefined>(() =>
    readFileIntegration(connector, manifest, { path, named: text !== null }, env),
  );
  const known = read();
  if (!known) throw new Error('nothing was read');
  read.mockClear();
  const drift = new FileDrift(known, read);
  const look = (now = 0) => {
    const found = drift.look(now);
    if (found) Drift.parse(found);
    expect(JSON.stringify(found)).not.toContain(canary);
    return found;
  };
  return { look, read };
}

beforeEach(() => rmSync(path, { force: true }));

describe('a configuration file', () => {
  it('that says what it said is none of anybody’s business, and is not read again', () => {
    const { look, read } = watch();
    for (let count = 0; count < 5; count += 1) expect(look()).toBeNull();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('that was only written anew, or says it in other words, has not changed', () => {
    const { look } = watch();
    utimesSync(path, 1, 1);
    expect(look()).toBeNull();
    writeFileSync(path, `# a comment\n${head}config:\n  urls: ["a"]\n  token: ${canary}\n`);
    expect(look()).toBeNull();
  });

  it('that says something else is told by the names of its settings, since when, until it agrees', () => {
    const { look, read } = watch();
    writeFileSync(path, `${head}config: {token: "${canary}-2", urls: [a, b]}`);
    const first = look(1_000);
    expect(first).toMatchObject({ since: '1970-01-01T00:00:01.000Z' });
    expect(first?.detail).toContain('config.yaml says something else about: token, urls.');
    expect(first?.remedy).toContain('Restart');
    expect(look(2_000)).toEqual(first);
    expect(read).toHaveBeenCalledTimes(1);
    writeFileSync(path, start);
    expect(look(3_000)).toBeNull();
    writeFileSync(path, `${head}config: {urls: [b]}`);
    expect(look(4_000)).toMatchObject({ since: '1970-01-01T00:00:04.000Z' });
  });

  it('that calls its integration something else says so', () => {
    const { look } = watch();
    writeFileSync(path, start.replace('team', 'other'));
    expect(look()?.detail).toContain('about: connector.project.');
    writeFileSync(path, start.replace('project: team', 'project: team, name: mine'));
    expect(look()?.detail).toContain('about: connector.name.');
  });

  it('that is gone is told, and forgotten when it is back', () => {
    const { look } = watch();
    renameSync(path, `${path}.away`);
    expect(look()?.detail).toContain('config.yaml is gone.');
    renameSync(`${path}.away`, path);
    expect(look()).toBeNull();
  });

  it('that can not be used is told with its faults, and looked at again each time', () => {
    const { look, read } = watch();
    writeFileSync(path, 'connector: {type: forge}\nconfig: {token: [');
    expect(look()).toMatchObject({
      detail: expect.stringContaining('cannot be used') as string,
      remedy: 'Correct the file, then restart the connector.',
    });
    writeFileSync(path, `connector: {type: forge}\nconfig: {token: ${canary}}`);
    expect(look()?.detail).toContain('connector.project: is required');
    read.mockClear();
    look();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('that nobody may read any more is told', () => {
    const { look, read } = watch();
    // Root may read everything.
    if (process.getuid?.() === 0) read.mockImplementation(() => readUnreadable());
    chmodSync(path, 0);
    expect(look()?.detail).toMatch(/can't be read/);
  });

  it('that fails to be read in a way that nobody foresaw keeps no heartbeat back', () => {
    const { look, read } = watch();
    read.mockImplementation(() => {
      throw new RangeError(canary);
    });
    expect(look()?.detail).toContain('can not be read as a configuration');
  });

  it('whose variable is not set any more is compared without it', () => {
    const env = { MINE: canary };
    const { look } = watch(start, env);
    Reflect.deleteProperty(env, 'MINE');
    utimesSync(path, 1, 1);
    expect(look()?.detail).toContain('about: token.');
  });

  it('that was not there is looked for, since the next start would read it', () => {
    const { look } = watch(null, { FORGE_TOKEN: canary });
    expect(look()).toBeNull();
    writeFileSync(path, `${head}config: {token: ${canary}}`);
    expect(look()?.detail).toContain('about: connector.project.');
    rmSync(path);
    expect(look()).toBeNull();
  });
});

/** What reading gives where it is not allowed: a folder can't be read as a file, by nobody. */
function readUnreadable() {
  return readFileIntegration(connector, manifest, { path: folder, named: true }, {});
}
