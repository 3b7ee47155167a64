import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { changesIn } from './changes.js';
import { goldenOf } from './testing/kinds-of.js';
import { render } from './testing/render.js';

// After a change that is meant: UPDATE_GOLDENS=1 npx vitest run --project unit painchain/frontend/src/json-renderer
const isUpdate = process.env['UPDATE_GOLDENS'] === '1';

const connectors = new URL('../../../../connectors/', import.meta.url);
const names = readdirSync(connectors).filter((name) => existsSync(new URL(`${name}/fixtures`, connectors)));

type Fixture = { expected?: { events?: { type?: string; data: JsonObject }[] } };
type Event = { type: string; data: JsonObject };

function eventsOf(connector: string): Event[] {
  const folder = new URL(`${connector}/fixtures/`, connectors);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture)
    .flatMap(({ expected }) => expected?.events ?? [])
    .map(({ type = 'event', data }) => ({ type, data }));
}

function schemasOf(connector: string): Record<string, JsonObject> {
  const manifest = parse(readFileSync(new URL(`${connector}/connector.yaml`, connectors), 'utf8')) as {
    event_schemas?: Record<string, JsonObject>;
  };
  return manifest.event_schemas ?? {};
}

function expectGolden(name: string, text: string): void {
  const file = fileURLToPath(new URL(`./goldens/${name}.txt`, import.meta.url));
  if (isUpdate) writeFileSync(file, text);
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

describe('events of a connector', () => {
  it.each(names)('%s: are shown as its golden says', (connector) => {
    const schemas = schemasOf(connector);
    const events = eventsOf(connector);
    const types = [...new Set(events.map(({ type }) => type))].sort();
    const sections = types.map((type) => {
      const schema = schemas[type];
      const data = events.filter((event) => event.type === type).map((event) => event.data);
      for (const one of data) expect(render(one, schema && { schema })).toContain('<dl');
      return `# ${type}\n${goldenOf(data, schema)}`;
    });
    expect(sections.length).toBeGreaterThan(0);
    expectGolden(connector, sections.join('\n'));
  });
});

describe('payloads that nobody here wrote', () => {
  const require = createRequire(import.meta.url);
  const file = readFileSync(require.resolve('@octokit/webhooks-examples'), 'utf8');
  const groups = (JSON.parse(file) as { examples: JsonObject[] }[]).map(({ examples }) => examples);

  it('of webhooks are shown as their golden says', () => {
    const payloads = groups.flat();
    expect(payloads.length).toBeGreaterThan(300);
    for (const payload of payloads) changesIn(payload);
    expectGolden('webhooks-examples', goldenOf(payloads));
  });

  it('of webhooks are laid out, one of each kind', { timeout: 120_000 }, () => {
    for (const [payload] of groups) expect(payload && render(payload)).toContain('<dl');
  });
});
