import { readFileSync, readdirSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';
import type { JsonObject } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { snippetsOf } from './snippets.js';

const root = new URL('../../../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

interface Service {
  build: { context: string; dockerfile: string };
  environment: Record<string, string>;
  networks: string[];
  volumes: string[];
}
interface Compose {
  services: Record<string, Service>;
  networks: object;
  volumes: object;
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;

/** What the interface would show to somebody who has typed a connector's own example. */
function shownFor(type: string): (id: string) => { where: string; text: string } {
  const { config_schema: schema } = parse(read(`connectors/${type}/connector.yaml`)) as {
    config_schema: JsonObject;
  };
  const example = read(`connectors/${type}/config.example.yaml`);
  const { config } = parse(example) as { config: JsonObject };
  const snippets = snippetsOf({ type, name: '', group: 'team', config }, schema, example);
  return (id) => snippets.find((snippet) => snippet.id === id) ?? { where: '', text: '' };
}

describe.each(readdirSync(new URL('connectors', root)))('what is shown of how to run %s', (type) => {
  const shown = shownFor(type);

  it('lies over the Compose file and contradicts nothing in it', () => {
    const { where, text } = shown('compose');
    const own = (parse(text) as Compose).services[`${type}-connector`];
    const base = compose.services[`${type}-connector`];
    expect(where).toBe('docker-compose.override.yml');
    expect(own?.build).toEqual({ context: base?.build.context, dockerfile: base?.build.dockerfile });
    expect(own?.networks).toEqual(base?.networks);
    expect(base?.volumes).toEqual(expect.arrayContaining(own?.volumes ?? ['none']));
    for (const name of ['PAINCHAIN_API_URL', 'PAINCHAIN_API_KEY_FILE']) {
      expect(own?.environment[name]).toBe(base?.environment[name]);
    }
  });

  it('names no network and no volume that there is not', () => {
    const own = (parse(shown('compose').text) as Compose).services[`${type}-connector`];
    const named = own?.volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => !name.startsWith('.'));
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named ?? ['none']));
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(own?.networks ?? ['none']));
  });

  it('are values that the chart takes', () => {
    const schema = JSON.parse(read(`charts/connectors/${type}/values.schema.json`)) as Schema;
    const { errors } = new Validator(schema, '7', false).validate(parse(shown('helm').text));
    expect(errors).toEqual([]);
    const wrong = new Validator(schema, '7').validate({ configuration: {} });
    expect(wrong.valid).toBe(false);
  });
});
