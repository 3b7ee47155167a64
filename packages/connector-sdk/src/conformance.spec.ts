import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NewEvent } from '@painchain/contract';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { configSchemaOf } from './config/config-schema.js';
import { readFileIntegration } from './config/file-integration.js';
import { readManifest } from './config/read-manifest.js';
import { settingAt } from './config/setting-path.js';
import type { Connector, Translation } from './connector.js';
import { storableEvent } from './storable/storable-event.js';

const connectors = fileURLToPath(new URL('../../../connectors', import.meta.url));
const names = readdirSync(connectors).filter((name) => existsSync(join(connectors, name, 'package.json')));

/** The definition that a connector's `src/index.ts` hands to `runConnector`. */
async function definitionOf(folder: string): Promise<Connector<unknown>> {
  const run = vi.fn<(connector: Connector<unknown>) => Promise<void>>(() => Promise.resolve());
  vi.resetModules();
  vi.doMock('@painchain/connector-sdk', async (original) => ({
    ...(await original<object>()),
    runConnector: run,
  }));
  await import(pathToFileURL(join(folder, 'src/index.ts')).href);
  const [definition] = run.mock.calls[0] ?? [];
  if (!definition) throw new Error('src/index.ts does not call runConnector');
  return definition;
}

/** The paths of settings outside of lists that are sealed: texts that nothing marks as public. */
function secretsOf(schema: unknown, path = ''): string[] {
  if (settingAt(schema, 'x-painchain.public') === true) return [];
  const properties = settingAt(schema, 'properties');
  if (typeof properties !== 'object' || properties === null) {
    return settingAt(schema, 'type') === 'string' ? [path] : [];
  }
  return Object.entries(properties).flatMap(([key, inner]) =>
    secretsOf(inner, path ? `${path}.${key}` : key),
  );
}

function filesOf(folder: string, ending: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
}

type Translator = (...given: unknown[]) => Translation;

/** Every exported function of `translate/` whose name begins with `translate`. */
async function translatorsOf(folder: string): Promise<Map<string, Translator>> {
  const translators = new Map<string, Translator>();
  for (const file of filesOf(folder, '.ts').filter((name) => !name.endsWith('.spec.ts'))) {
    const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (name.startsWith('translate')) translators.set(name, value as Translator);
    }
  }
  return translators;
}

interface Fixture {
  translator: string;
  arguments: unknown[];
  expected: Translation;
}

it('there are connectors to look at', () => {
  expect(names).toContain('git');
});

describe.each(names)('the connector %s', (name) => {
  const folder = join(connectors, name);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  let connector: Connector<unknown>;

  beforeAll(async () => {
    connector = await definitionOf(folder);
  }, 30_000);

  it('says what it is in a connector.yaml of its own name', () => {
    const manifest = readManifest(new URL('connector.yaml', `${pathToFileURL(folder).href}/`));
    expect(manifest.type).toBe(name);
    expect(readManifest(connector.manifest)).toEqual(manifest);
  });

  it('has in its connector.yaml the very schema that its code reads', () => {
    expect(readManifest(connector.manifest).config_schema).toEqual(configSchemaOf(connector.configSchema));
  });

  it('carries the version of its package', () => {
    expect((JSON.parse(read('package.json')) as { version: string }).version).toBe(connector.version);
  });

  it('has an example configuration that it accepts', () => {
    const text = read('config.example.yaml');
    // Kept out of all texts from here on, so it must be nothing that a fixture could hold.
    const value = 'conformance-4f1c9d0b';
    const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, variable = '']) => [variable, value]);
    const file = { path: join(folder, 'config.example.yaml'), named: true };
    const manifest = readManifest(connector.manifest);
    const integration = readFileIntegration(connector, manifest, file, Object.fromEntries(variables));
    expect(integration?.config).toBeDefined();
  });

  it('has a variable for every secret, and none for what is no setting', () => {
    const schema = configSchemaOf(connector.configSchema);
    const paths = Object.keys(connector.environment ?? {});
    expect(paths).toEqual(expect.arrayContaining(secretsOf(schema)));
    const known = paths.map((path) =>
      settingAt(schema, `properties.${path.replaceAll('.', '.properties.')}`),
    );
    expect(known).not.toContain(undefined);
  });

  it('explains itself, its variables included, in a README', () => {
    const readme = read('README.md');
    for (const given of Object.values(connector.environment ?? {})) {
      expect(readme).toContain(typeof given === 'string' ? given : given.variable);
    }
  });

  it('has an image that pins what it stands on and does not run as root', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toMatch(/^USER (?!root|0\b)\S+/m);
    expect(dockerfile).toMatch(/^(?:FROM|ARG \w+=)\s*\S+[:@]\S+/m);
    expect(dockerfile).not.toMatch(/:latest\b/);
    // With a workspace named, npm prunes that one alone and leaves the house's own tools in the image.
    expect(dockerfile).not.toMatch(/npm prune\b[^&\n]*--workspace/);
    // Whoever probes a container comes from outside of it.
    expect(dockerfile).toMatch(/\bPAINCHAIN_HEALTH_HOST=0\.0\.0\.0\b/);
  });

  it('has fixtures for every translator, each of which becomes what it says', async () => {
    const translators = await translatorsOf(join(folder, 'src/translate'));
    const fixtures = filesOf(join(folder, 'fixtures'), '.json').map(
      (file) => JSON.parse(read(join('fixtures', file))) as Fixture,
    );
    expect(new Set(fixtures.map(({ translator }) => translator))).toEqual(new Set(translators.keys()));
    for (const { translator, arguments: given, expected } of fixtures) {
      const translation = translators.get(translator)?.(...given);
      expect(JSON.parse(JSON.stringify(translation))).toEqual(expected);
      if (translation?.kind === 'events') translation.events.forEach(expectUnchanged);
    }
  });

  function expectUnchanged(event: Extract<Translation, { kind: 'events' }>['events'][number]) {
    const stored = storableEvent(event, { connector: name, now: '2026-11-24T07:00:00Z' });
    expect(NewEvent.safeParse(stored).error).toBeUndefined();
    const { key_parts: _, ...given } = JSON.parse(JSON.stringify(event)) as typeof event;
    expect(stored).toMatchObject(given);
    expect(stored.key).toBeDefined();
  }
});
