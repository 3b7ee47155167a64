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
  expect(Object.keys(environment)).toEqual([...names, 'PAINCHAIN_API_URL']);
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
