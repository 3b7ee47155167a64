import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import { describe, expect, it } from 'vitest';
import { readBuiltInTypes } from '../../connectors/types/built-in-types.js';
import { configFaults } from './config-faults.js';
import { ConfigShape } from './config-shape.js';
import { diffConfig } from './diff-config.js';
import { mergeConfig } from './merge-config.js';
import { showConfig } from './show-config.js';

const folder = fileURLToPath(new URL('../../../../../connectors', import.meta.url));
const types = readBuiltInTypes(folder, createLogger({ name: 'test', level: 'silent' }));

function schemaOf(name: string): JsonObject {
  const found = types.find(({ type }) => type === name);
  if (!found) throw new Error(`${name} is not shipped`);
  return found.config_schema;
}

const canary = 'canary-0123456789';
const instant = '2026-01-31T10:35:00.000000Z';

/** What each type keeps secret, and the same with another address that it would be sent to. */
const cases: { type: string; config: JsonObject; moved: JsonObject; demanded: string[] }[] = [
  {
    type: 'github',
    config: { base_url: 'https://a.example/api', token: canary, repositories: [{ owner: 'acme' }] },
    moved: { base_url: 'https://evil.example', repositories: [{ owner: 'acme' }] },
    demanded: ['/config/token'],
  },
  {
    type: 'github',
    config: {
      base_url: 'https://a.example/api',
      app: { id: 1, installation: 2, private_key: `${canary}\n${canary}` },
      repositories: [{ owner: 'acme' }],
    },
    moved: {
      base_url: 'https://evil.example',
      app: { id: 1, installation: 2 },
      repositories: [{ owner: 'acme' }],
    },
    demanded: ['/config/app/private_key'],
  },
  {
    type: 'kubernetes',
    config: {
      clusters: [
        { name: 'prod', server: 'https://prod.example', token: canary, ca: canary },
        { name: 'test', server: 'https://test.example', token: canary },
      ],
    },
    moved: {
      clusters: [
        { name: 'test', server: 'https://test.example' },
        { name: 'prod', server: 'https://evil.example' },
      ],
    },
    demanded: ['/config/clusters/1/token', '/config/clusters/1/ca'],
  },
  {
    type: 'git',
    config: { token: canary, repositories: [{ url: 'https://a.example/x.git', name: 'x', token: canary }] },
    moved: { repositories: [{ url: 'https://evil.example/x.git', name: 'x' }] },
    demanded: ['/config/token', '/config/repositories/0/token'],
  },
];

describe.each(cases)('the secrets of $type', ({ type, config, moved, demanded }) => {
  const schema = schemaOf(type);
  const shape = ConfigShape.of(schema);

  it('go in and never come out, neither shown nor in what is told of a change', () => {
    expect(configFaults(config, schema)).toEqual([]);
    const shown = showConfig(config, shape, instant);
    expect(JSON.stringify(shown)).not.toContain(canary);
    expect(mergeConfig(shown, config, shape)).toEqual({ config, faults: [] });
    for (const told of [diffConfig({}, config, shape), diffConfig(config, moved, shape)]) {
      expect(told.total).toBeGreaterThan(0);
      expect(JSON.stringify(told)).not.toContain(canary);
    }
  });

  it('are demanded again when they would be sent to another address', () => {
    const pointers = mergeConfig(moved, config, shape).faults.map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual([...demanded].sort());
  });
});
