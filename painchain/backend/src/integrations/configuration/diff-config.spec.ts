import type { JsonObject, JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigShape } from './config-shape.js';
import { diffConfig } from './diff-config.js';

const open = { 'x-painchain': { public: true } };
const text = { type: 'string', ...open };
const secret = { type: 'string' };
const schema: JsonObject = {
  type: 'object',
  properties: {
    base_url: text,
    token: secret,
    app: { type: 'object', properties: { id: text, private_key: secret } },
    polling: { type: 'object', properties: { interval: { type: 'integer', ...open } } },
    labels: { type: 'array', items: { type: 'string' }, ...open },
    free: { type: 'object', ...open },
    extra: { type: 'object' },
    environments: { type: 'object', additionalProperties: { type: 'string' }, ...open },
    headers: { type: 'object', additionalProperties: text },
    repositories: {
      type: 'array',
      items: { type: 'object', properties: { owner: text, repo: text, branch: text, token: secret } },
    },
    clusters: {
      type: 'array',
      items: { type: 'object', properties: { name: secret, context: text, token: secret } },
    },
  },
};
const shape = ConfigShape.of(schema);
const canary = 'canary-0123456789';

const diff = (before: JsonObject, after: JsonObject) => diffConfig(before, after, shape).changes;

describe('what differs between two configurations', () => {
  it('is told setting by setting, with what it was and is', () => {
    const before = { base_url: 'https://a.example', polling: { interval: 60 }, labels: ['a'] };
    const after = {
      base_url: 'https://b.example',
      polling: { interval: 90 },
      labels: ['a', 'b'],
      free: { x: 1 },
    };
    expect(diff(before, after)).toEqual([
      { field: 'base_url', old: 'https://a.example', new: 'https://b.example' },
      { field: 'polling.interval', old: 60, new: 90 },
      { field: 'labels', old: ['a'], new: ['a', 'b'] },
      { field: 'free', old: null, new: { x: 1 } },
    ]);
  });

  it('of a secret is that it was replaced or removed', () => {
    expect(
      diff({ token: canary, app: { id: '7', private_key: 'k' } }, { token: 'x', app: { id: '7' } }),
    ).toEqual([
      { field: 'token', replaced: true },
      { field: 'app.private_key', removed: true },
    ]);
  });

  it('is told of the items of a list by their names, whatever their order', () => {
    const [api, web, docs] = ['api', 'web', 'docs'].map((repo) => ({ owner: 'acme', repo, token: canary }));
    const before = { repositories: [api, web] } as JsonObject;
    const after = { repositories: [docs, { ...api, branch: 'main', token: 'x' }] } as JsonObject;
    expect(diff(before, after)).toEqual([
      { field: 'repositories[acme/api].token', replaced: true },
      { field: 'repositories[acme/api].branch', old: null, new: 'main' },
      { field: 'repositories[acme/web]', old: { owner: 'acme', repo: 'web' }, new: null },
      { field: 'repositories[acme/docs]', old: null, new: { owner: 'acme', repo: 'docs' } },
    ]);
    expect(diff(before, { repositories: [web, api] } as JsonObject)).toEqual([]);
  });

  it('is told of the list as a whole where its items have no name that may be shown', () => {
    const cluster = (name: string, context: string) => ({ name, context, token: canary });
    expect(diff({ clusters: [cluster(canary, 'a')] }, { clusters: [cluster(canary, 'b')] })).toEqual([
      { field: 'clusters', old: [{ context: 'a' }], new: [{ context: 'b' }] },
    ]);
    expect(diff({ clusters: [cluster('a', 'a')] }, { clusters: [cluster('b', 'a')] })).toEqual([
      { field: 'clusters', replaced: true },
    ]);
  });

  it('is told of a map as a whole where all of it is public', () => {
    expect(diff({ environments: { 'qa-*': 'qa' } }, { environments: { '*': 'staging' } })).toEqual([
      { field: 'environments', old: { 'qa-*': 'qa' }, new: { '*': 'staging' } },
    ]);
  });

  it('leaves out names that no schema declares', () => {
    expect(diff({ headers: { [canary]: 'a' } }, { headers: { [canary]: 'b' } })).toEqual([
      { field: 'headers', replaced: true },
    ]);
    const undeclared = ConfigShape.of({ additionalProperties: {} });
    expect(diffConfig({}, { [canary]: 1, b: 2 }, undeclared).changes).toEqual([
      { field: 'config', replaced: true },
    ]);
  });

  it('hides a secret that stands where all may see it, and what looks like one', () => {
    expect(diff({ token: canary }, { token: canary, base_url: `https://x.example/${canary}` })).toEqual([
      { field: 'base_url', replaced: true },
    ]);
    expect(diff({}, { labels: [`ghp_${'a'.repeat(36)}`] })).toEqual([{ field: 'labels', replaced: true }]);
    const repository = { owner: 'acme', repo: canary };
    expect(diff({}, { token: canary, repositories: [repository] })).toContainEqual({
      field: 'config',
      replaced: true,
    });
  });

  it('hides what nobody could read, and tells of the first 50 settings', () => {
    expect(diff({}, { labels: ['x'.repeat(5_000)] })).toEqual([{ field: 'labels', replaced: true }]);
    const repositories = Array.from({ length: 60 }, (_, n) => ({ owner: 'acme', repo: `r${n}` }));
    const { changes, total } = diffConfig({}, { repositories }, shape);
    expect([changes.length, total]).toEqual([50, 60]);
  });
});

const word = fc.constantFrom('api', 'web', 'acme', 'main', 'https://one.example', 'https://two.example');
const sealed = fc.nat().map((n) => `${canary}-${n}`);
const anyValue = fc.jsonValue({ maxDepth: 2 }).map((value) => value as JsonValue);

const config = fc
  .record(
    {
      base_url: word,
      token: sealed,
      app: fc.record({ id: word, private_key: sealed }, { requiredKeys: [] }),
      polling: fc.record({ interval: fc.nat() }, { requiredKeys: [] }),
      labels: fc.array(word),
      free: fc.dictionary(word, anyValue),
      extra: fc.dictionary(sealed, sealed),
      headers: fc.dictionary(sealed, sealed),
      environments: fc.dictionary(word, word),
      repositories: fc.array(
        fc.record(
          { owner: word, repo: word, branch: word, token: sealed, [canary]: sealed },
          { requiredKeys: [] },
        ),
        { maxLength: 4 },
      ),
      clusters: fc.array(fc.record({ name: sealed, context: word, token: sealed }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
      [canary]: sealed,
    },
    { requiredKeys: [] },
  )
  .map((given) => JSON.parse(JSON.stringify(given)) as JsonObject);

describe('whatever the configurations', () => {
  it('says no secret: not in values, fields or the names of items', () => {
    fc.assert(
      fc.property(config, config, (before, after) => {
        expect(JSON.stringify(diffConfig(before, after, shape))).not.toContain('canary');
      }),
    );
  });

  it('says nothing of what is the same', () => {
    fc.assert(
      fc.property(config, (given) => {
        expect(diffConfig(given, structuredClone(given), shape)).toEqual({ changes: [], total: 0 });
      }),
    );
  });

  it('says something of every change but an order or an empty block', () => {
    const leaves = (value: JsonValue): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, member]) =>
            leaves(member).map((leaf) => (Array.isArray(value) ? leaf : `${key}/${leaf}`)),
          )
        : [JSON.stringify(value)];
    fc.assert(
      fc.property(config, config, (before, after) => {
        if (leaves(before).sort().join() === leaves(after).sort().join()) return;
        expect(diffConfig(before, after, shape).total).toBeGreaterThan(0);
      }),
    );
  });

  it('says nothing of a configuration whose type marks nothing', () => {
    const closed = ConfigShape.of({ type: 'object' });
    fc.assert(
      fc.property(config, config, (before, after) => {
        const fields = diffConfig(before, after, closed).changes;
        expect(fields.every((change) => !('new' in change) && change.field === 'config')).toBe(true);
      }),
    );
  });
});
