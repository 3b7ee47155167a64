import type { JsonObject } from '@painchain/contract';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { editable } from '../kept-secret.js';
import { snippetsOf } from './snippets.js';

const shown = { 'x-painchain': { public: true }, type: 'string' };
const schema: JsonObject = {
  type: 'object',
  properties: {
    token: { type: 'string' },
    repositories: {
      type: 'array',
      items: { type: 'object', properties: { owner: shown, token: { type: 'string' } } },
    },
  },
};
const example = 'connector: { type: forge }\nconfig:\n  token: ${FORGE_TOKEN}\n';
const config = editable({
  token: { set: true, last4: '3456', updated_at: '2026-11-24T10:35:00Z' },
  repositories: [
    { owner: 'acme', token: 'canary-one' },
    { owner: 'labs', token: 'canary-two' },
  ],
}) as JsonObject;

const snippets = snippetsOf({ type: 'forge', name: 'ACME', group: '', config }, schema, example);
const textOf = (id: string) => snippets.find((snippet) => snippet.id === id)?.text ?? '';

it('the file has a variable in place of each secret, called as in the example', () => {
  expect(parse(textOf('file'))).toEqual({
    connector: { type: 'forge', project: 'default', name: 'ACME' },
    config: {
      token: '${FORGE_TOKEN}',
      repositories: [
        { owner: 'acme', token: '${FORGE_REPOSITORIES_TOKEN}' },
        { owner: 'labs', token: '${FORGE_REPOSITORIES_TOKEN_2}' },
      ],
    },
  });
});

it('Compose and the environment hand over the same variables', () => {
  const { environment } = (parse(textOf('compose')) as { services: Record<string, { environment: object }> })
    .services['forge-connector'] ?? { environment: {} };
  const names = ['FORGE_TOKEN', 'FORGE_REPOSITORIES_TOKEN', 'FORGE_REPOSITORIES_TOKEN_2'];
  expect(Object.keys(environment)).toEqual([...names, 'PAINCHAIN_API_URL', 'PAINCHAIN_API_KEY_FILE']);
  for (const name of names) expect(textOf('env')).toContain(`${name}=\n`);
});

it('the values of the chart are YAML and hold the same file', () => {
  const values = parse(textOf('helm')) as { config: unknown; existingSecret: string };
  expect(values.config).toEqual(parse(textOf('file')));
  expect(values.existingSecret).toBe('forge-connector-secrets');
});

it('no secret is in any of them', () => {
  const all = snippets.map(({ text }) => text).join('\n');
  expect(all).not.toMatch(/canary|3456|\uE000/);
});

it('an example that can not be read only gives no names', () => {
  const [file] = snippetsOf({ type: 'forge', name: '', group: '', config }, schema, 'a: [');
  expect(file?.text).toContain('${FORGE_TOKEN}');
});

it('what everybody may see stands in the file itself, whatever it is made of', () => {
  const mark = { 'x-painchain': { public: true } };
  const words: JsonObject = { type: 'array', items: { type: 'string' }, ...mark };
  const shape: JsonObject = {
    type: 'object',
    properties: {
      branches: words,
      environments: { type: 'object', additionalProperties: { type: 'string' }, ...mark },
      id: {
        anyOf: [
          { type: 'integer', ...mark },
          { type: 'string', ...mark },
        ],
      },
      anything: { ...mark },
      hidden: { type: 'array', items: { type: 'string' } },
    },
  };
  const open = { branches: ['main'], environments: { 'prod-*': 'production' }, id: 7, anything: [{ a: 1 }] };
  const draft = { type: 'forge', name: '', group: '', config: { ...open, hidden: ['canary'] } };
  const [file] = snippetsOf(draft, shape, null);
  expect(parse(file?.text ?? '')).toMatchObject({ config: { ...open, hidden: ['${FORGE_HIDDEN}'] } });
});

it('stored secrets of which nothing is known have a variable each', () => {
  const updated_at = '2026-11-24T10:35:00Z';
  const secret = { set: true, updated_at };
  const repositories = [
    { owner: 'acme', token: secret },
    { owner: 'labs', token: secret },
  ];
  const draft = { type: 'forge', name: '', group: '', config: editable({ repositories }) as JsonObject };
  const [file] = snippetsOf(draft, schema, null);
  expect(file?.text).toContain('${FORGE_REPOSITORIES_TOKEN}');
  expect(file?.text).toContain('${FORGE_REPOSITORIES_TOKEN_2}');
});
