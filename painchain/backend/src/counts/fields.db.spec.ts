import type { Fields } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CountsClient } from './testing/counts-client.js';

let client: CountsClient;

beforeAll(async () => {
  client = await CountsClient.start();
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('GET /api/timeline/fields', () => {
  it('tells the fields of the newest events, with kinds and examples', async () => {
    await client.send([
      { actor: 'ada', data: { replicas: { new: 5 }, at: '2026-01-01T00:00:00Z', ok: true, 'odd key': 'x' } },
      {
        data: {
          replicas: { new: 7 },
          list: [{ a: 'one' }, { a: 'two' }],
          deep: { b: { c: { d: { e: { f: { g: 1 } } } } } },
        },
      },
      { data: { replicas: { new: 5 }, constructor: 'inert' } },
    ]);
    const { fields, sampled, capped } = await client.get<Fields>('fields?prefix=data');
    expect([sampled, capped]).toEqual([3, null]);
    expect(fields).toEqual([
      { field: 'data.replicas.new', kind: 'number', count: 3, examples: ['5', '7'] },
      { field: 'data."odd key"', kind: 'text', count: 1, examples: ['x'] },
      { field: 'data.at', kind: 'time', count: 1, examples: ['2026-01-01T00:00:00Z'] },
      { field: 'data.constructor', kind: 'text', count: 1, examples: ['inert'] },
      { field: 'data.list.a', kind: 'text', count: 1, examples: ['one', 'two'] },
      { field: 'data.ok', kind: 'boolean', count: 1, examples: ['true'] },
    ]);
    const names = (await client.get<Fields>('fields?q=actor:ada')).fields.map(({ field }) => field);
    expect(names).toEqual(expect.arrayContaining(['actor', 'title', 'id', 'timestamp', 'data.ok']));
    expect(names).not.toContain('data.list.a');
    expect(names).not.toContain('status');
    expect((await client.get<Fields>('fields?limit=1')).fields).toHaveLength(1);
  });

  it('takes the beginning of a name in any case, with its quotes or without', async () => {
    await client.send([{ data: { 'app.kubernetes.io/name': 'api', apps: 1 }, actor: 'ada' }]);
    const names = async (prefix: string) =>
      (await client.get<Fields>(`fields?prefix=${encodeURIComponent(prefix)}`)).fields.map(
        ({ field }) => field,
      );
    const label = 'data."app.kubernetes.io/name"';
    expect(await names('DATA.app.')).toEqual([label]);
    expect(await names('data."app')).toEqual([label, 'data.apps']);
    expect(await names(label)).toEqual([label]);
    expect(await names('Act')).toEqual(['actor']);
  });

  it('looks at the newest 500, however many match', async () => {
    for (const batch of [0, 1]) {
      await client.send(
        Array.from({ length: 400 }, (_, n) => ({ key: `${batch}-${n}`, data: { [`of${batch}`]: n } })),
      );
    }
    const { fields, sampled } = await client.get<Fields>('fields?prefix=data.of');
    expect(sampled).toBe(500);
    expect(fields.map(({ field, count }) => [field, count])).toEqual([
      ['data.of1', 400],
      ['data.of0', 100],
    ]);
  });
});
