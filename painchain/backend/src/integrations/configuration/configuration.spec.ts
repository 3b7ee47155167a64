import type { JsonObject, JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configFaults, openCredentials } from './config-faults.js';
import { ConfigShape } from './config-shape.js';
import { mergeConfig } from './merge-config.js';
import { showConfig } from './show-config.js';

const shown = { 'x-painchain': { public: true } };
const schema: JsonObject = {
  type: 'object',
  required: ['token'],
  additionalProperties: false,
  properties: {
    base_url: { type: 'string', ...shown },
    token: { type: 'string', minLength: 3 },
    polling: { type: 'object', properties: { interval: { type: 'integer', minimum: 5, ...shown } } },
    labels: { type: 'array', items: { type: 'string' }, ...shown },
    extra: { type: 'object' },
    repositories: { type: 'array', items: { $ref: '#/$defs/repository' } },
  },
  $defs: {
    repository: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', ...shown },
        url: { type: 'string', ...shown },
        token: { type: 'string' },
      },
    },
  },
};
const shape = ConfigShape.of(schema);
const canary = 'canary-0123456789-tail';
const early = '2026-01-01T00:00:00.000000Z';
const late = '2026-02-01T00:00:00.000000Z';

const stored: JsonObject = {
  base_url: 'https://git.example.com/api',
  token: canary,
  polling: { interval: 60 },
  labels: ['a'],
  extra: { secret: canary },
  repositories: [
    { name: 'api', url: 'https://one.example/api', token: `${canary}-one` },
    { name: 'web', url: 'https://two.example/web', token: 'short' },
  ],
};
const view = showConfig(stored, shape, early);

function mergePointers(given: JsonObject, before = stored): string[] {
  return mergeConfig(given, before, shape).faults.map(({ pointer }) => pointer);
}

describe('showing a configuration', () => {
  it('shows what is marked public and a marker for everything else, in depth', () => {
    expect(view).toEqual({
      base_url: 'https://git.example.com/api',
      token: { set: true, last4: 'tail', updated_at: early },
      polling: { interval: 60 },
      labels: ['a'],
      extra: { set: true, updated_at: early },
      repositories: [
        {
          name: 'api',
          url: 'https://one.example/api',
          token: { set: true, last4: '-one', updated_at: early },
        },
        { name: 'web', url: 'https://two.example/web', token: { set: true, updated_at: early } },
      ],
    });
  });

  it('shows nothing of a configuration whose type marks nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^k\w*$/), fc.jsonValue()), (config) => {
        const shown = showConfig(config as JsonObject, ConfigShape.of({ type: 'object' }), early);
        expect(Object.keys(shown).sort()).toEqual(['set', 'updated_at']);
      }),
    );
  });

  it('seals members that no schema declares, and what one branch of a union keeps to itself', () => {
    const union = ConfigShape.of({
      anyOf: [
        { properties: { user: { type: 'string', ...shown }, host: { type: 'string', ...shown } } },
        { properties: { user: { type: 'string' } } },
      ],
    });
    const config = showConfig({ user: canary, host: 'h', other: canary }, union, early);
    expect(config['host']).toBe('h');
    expect(JSON.stringify(config)).not.toContain('canary');
  });

  it('shows the members of a map that is public as a whole, but for what is declared within them', () => {
    const members = { properties: { note: { type: 'string', ...shown }, key: { type: 'string' } } };
    const maps = ConfigShape.of({
      properties: {
        public: { additionalProperties: { type: 'string' }, ...shown },
        sealed: { additionalProperties: { type: 'string' } },
        nested: { additionalProperties: members, ...shown },
      },
    });
    const given = { public: { a: 'b' }, sealed: { a: canary }, nested: { a: { note: 'n', key: canary } } };
    expect(showConfig(given, maps, early)).toMatchObject({
      public: { a: 'b' },
      sealed: { a: { set: true } },
      nested: { a: { note: 'n', key: { set: true } } },
    });
    expect(JSON.stringify(showConfig(given, maps, early))).not.toContain('canary');
  });

  it('survives a schema that refers to itself', () => {
    const endless = ConfigShape.of({ $ref: '#', items: { $ref: '#' }, properties: { a: { $ref: '#' } } });
    expect(JSON.stringify(showConfig({ a: { a: [canary] } }, endless, early))).not.toContain('canary');
  });

  it('keeps the instant of a secret that did not change, also when its list was reordered', () => {
    const [api, web] = stored['repositories'] as [JsonObject, JsonObject];
    const next = { ...stored, token: 'new-token-0123456789', repositories: [web, { ...api, token: 'x' }] };
    const shownNext = showConfig(next, shape, late, { plain: stored, shown: view });
    expect(shownNext).toMatchObject({
      token: { last4: '6789', updated_at: late },
      extra: { updated_at: early },
      repositories: [
        { name: 'web', token: { updated_at: early } },
        { name: 'api', token: { updated_at: late } },
      ],
    });
  });
});

describe('changing a configuration', () => {
  it('gives back what is stored when the view is sent back unchanged', () => {
    expect(mergeConfig(view, stored, shape)).toEqual({ config: stored, faults: [] });
  });

  it('gives back any configuration whose view is sent back unchanged', () => {
    const url = fc.constantFrom('https://one.example/a', 'git@two.example:b', 'c');
    const text = fc.oneof(fc.string(), fc.constant(canary));
    const repository = fc.record({ name: text, url: url, token: text }, { requiredKeys: ['name'] });
    const config = fc.record(
      {
        base_url: url,
        token: text,
        extra: fc.dictionary(fc.stringMatching(/^k/), fc.jsonValue({ maxDepth: 2 })),
        labels: fc.array(text),
        repositories: fc.uniqueArray(repository, { selector: ({ name }) => name }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(config, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as JsonObject;
        const sentBack = showConfig(plain, shape, early);
        expect(mergeConfig(sentBack, plain, shape)).toEqual({ config: plain, faults: [] });
      }),
    );
  });

  it('keeps secrets that are left out, changes what is given, removes what is null', () => {
    const { config, faults } = mergeConfig(
      { base_url: 'https://git.example.com/api', polling: { interval: 90 }, extra: null },
      stored,
      shape,
    );
    expect(faults).toEqual([]);
    expect(config).toEqual({
      base_url: 'https://git.example.com/api',
      polling: { interval: 90 },
      token: canary,
    });
  });

  it('matches the items of a list by name, whatever their order', () => {
    const { repositories } = view as { repositories: JsonObject[] };
    const { config, faults } = mergeConfig(
      { ...view, repositories: repositories.toReversed() },
      stored,
      shape,
    );
    expect(faults).toEqual([]);
    expect(config['repositories']).toEqual((stored['repositories'] as JsonValue[]).toReversed());
  });

  it('refuses a marker where nothing is stored', () => {
    const fresh = { name: 'new', url: 'https://one.example/x', token: { set: true, updated_at: early } };
    expect(mergePointers({ ...view, repositories: [fresh] })).toEqual(['/config/repositories/0/token']);
  });

  it('demands secrets again when an address beside or above them changed', () => {
    expect(mergePointers({ ...view, base_url: 'https://evil.example' })).toEqual(
      ['/config/token', '/config/extra', '/config/repositories/0/token', '/config/repositories/1/token'].sort(
        byGivenOrder({ ...view }),
      ),
    );
    const [api, web] = view['repositories'] as [JsonObject, JsonObject];
    const moved = {
      ...view,
      token: 'given-again',
      extra: {},
      repositories: [{ ...api, url: 'https://evil.example' }, web],
    };
    expect(mergePointers(moved)).toEqual(['/config/repositories/0/token']);
  });

  it("demands the outer secret for an item on a host that wasn't there, not for one on a known host", () => {
    const before: JsonObject = { token: canary, repositories: [{ name: 'a', url: 'https://one.example/a' }] };
    const add = (url: string) => ({
      repositories: [...(before['repositories'] as JsonValue[]), { name: 'b', url }],
    });
    expect(mergePointers(add('https://one.example/b'), before)).toEqual([]);
    expect(mergePointers(add('https://evil.example/b'), before)).toEqual(['/config/token']);
    expect(mergePointers(add('http://one.example/b'), before)).toEqual(['/config/token']);
    expect(mergePointers(add('git@evil.example:b.git'), before)).toEqual(['/config/token']);
  });

  it('never hands a secret to an address that was not stored beside it, whatever is sent', () => {
    const url = fc.constantFrom('https://one.example/api', 'https://two.example/web', 'https://evil.example');
    const token = fc.constantFrom(undefined, { set: true, updated_at: early }, 'given');
    const item = fc
      .record({ name: fc.constantFrom('api', 'web', 'new'), url, token })
      .map(({ token, ...rest }) => ({ ...rest, ...(token !== undefined && { token }) }));
    const pairs = (config: JsonObject) =>
      (config['repositories'] as JsonObject[]).map(({ url, token }) => JSON.stringify([url, token]));
    const known = new Set(pairs(stored));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (repositories) => {
        const { config, faults } = mergeConfig({ ...view, repositories }, stored, shape);
        if (faults.length > 0) return;
        for (const pair of pairs(config)) {
          if (/canary|short/.test(pair)) expect(known).toContain(pair);
        }
      }),
    );
  });
});

describe('the faults of a configuration', () => {
  it('are none when it fits', () => {
    expect(configFaults(stored, schema)).toEqual([]);
  });

  it('name the place and the rule, one each, and no value', () => {
    const faults = configFaults(
      { token: 'ca', polling: { interval: 1.5 }, misspelt: canary, repositories: [{ url: 3 }] },
      schema,
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        { pointer: '/config/token', detail: 'must have at least 3 characters' },
        { pointer: '/config/misspelt', detail: 'is not a known setting' },
        { pointer: '/config/repositories/0/name', detail: 'is required' },
        { pointer: '/config/repositories/0/url', detail: 'must be of type "string"' },
        { pointer: '/config/polling/interval', detail: 'must be of type "integer"' },
      ]),
    );
    expect(JSON.stringify(faults)).not.toMatch(/canary|1\.5/);
  });

  it('never say a value, whatever is sent', () => {
    const leaf = fc.constantFrom<JsonValue>(canary, { [canary]: canary }, [canary], 7_777_777, true);
    const config = fc.record({
      token: leaf,
      polling: leaf,
      labels: leaf,
      repositories: leaf,
      base_url: leaf,
    });
    fc.assert(
      fc.property(config, (given) => {
        const details = configFaults(given, schema).map(({ detail }) => detail);
        expect(details.join()).not.toMatch(/canary|7777777/);
      }),
    );
  });

  it('refuse a credential inside an address that is shown', () => {
    const at = (url: string) => openCredentials({ repositories: [{ name: 'x', url }] }, shape);
    expect(at('https://oauth2:glpat-x@git.example/x').map(({ pointer }) => pointer)).toEqual([
      '/config/repositories/0/url',
    ]);
    expect(at('https://ghp_x@github.com/x')).toHaveLength(1);
    expect(at('ssh://git@github.com/x')).toEqual([]);
    expect(at('git@github.com:acme/x.git')).toEqual([]);
  });
});

function byGivenOrder(given: JsonObject): (a: string, b: string) => number {
  const keys = Object.keys(given);
  const rank = (pointer: string) => keys.indexOf(pointer.split('/')[2] ?? '');
  return (a, b) => rank(a) - rank(b);
}
