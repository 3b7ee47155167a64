import type { Facets, Fields, Histogram, Problem } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CountsClient } from './testing/counts-client.js';

let client: CountsClient;
let acme: number;

beforeAll(async () => {
  client = await CountsClient.start();
  acme = await client.test.createTenant('acme');
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('counts', () => {
  it('of nothing are empty', async () => {
    expect(await client.get<Histogram>('histogram?by=project')).toMatchObject({
      total: 0,
      series: [],
      capped: null,
    });
    const { total, facets } = await client.get<Facets>('facets?field=type&field=data.x');
    expect([total, facets]).toEqual([
      0,
      [
        { field: 'type', values: [], others: 0, missing: 0 },
        { field: 'data.x', values: [], others: 0, missing: 0 },
      ],
    ]);
    expect(await client.get<Fields>('fields')).toEqual({ fields: [], sampled: 0, capped: null });
  });

  it('of two tenants never mix', async () => {
    await client.send([{ project: 'own' }]);
    await client.send(
      [
        { project: 'foreign', data: { foreign: 1 } },
        { project: 'foreign', tags: ['foreign'] },
      ],
      acme,
    );
    for (const more of ['', '&q=project:*']) {
      expect((await client.get<Histogram>(`histogram?by=project${more}`)).series).toEqual([
        { value: 'own', count: 1 },
      ]);
      expect(
        JSON.stringify(await client.get<Facets>(`facets?field=project&field=tag&field=data.foreign${more}`)),
      ).not.toContain('"foreign"');
    }
    expect(JSON.stringify(await client.get<Fields>('fields'))).not.toContain('foreign');
    expect((await client.get<Histogram>('histogram', acme)).total).toBe(2);
  });

  it.each([
    ['histogram?zone=Mars/Olympus', '/zone'],
    ['histogram?zone=', '/zone'],
    ['histogram?by=title', '/by'],
    ['histogram?buckets=401', '/buckets'],
    ['histogram?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z', '/from'],
    ['histogram?from=2027-01-01T00:00:00Z', '/from'],
    ['histogram?to=0001-01-01T00:00:00Z', '/from'],
    ['histogram?q=(', '/q'],
    ['histogram?unknown=1', ''],
    ['facets?field=nothing', '/field'],
    ['facets?field=data', '/field'],
    ['facets?field=id', '/field'],
    [`facets?${Array.from({ length: 21 }, (_, n) => `field=data.f${n}`).join('&')}`, '/field'],
    ['facets?contains=', '/contains'],
    ['facets?limit=201', '/limit'],
    ['facets?q=status:', '/q'],
    ['facets?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', '/from'],
    ['fields?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', '/from'],
    ['fields?limit=501', '/limit'],
  ])('refuse %s with the place of the fault', async (path, pointer) => {
    const { status, body } = await client.ask(path);
    expect(status).toBe(422);
    expect((JSON.parse(body) as Problem).errors?.map((fault) => fault.pointer)).toContain(pointer);
  });

  it.each(['\0', '"', "'", '\\', '%', '$1', '🚀'])(
    'take %j in any parameter without a fault of their own',
    async (text) => {
      const faults: string[] = [];
      for (const parameter of ['q', 'project', 'field', 'contains', 'prefix', 'zone', 'by', 'from']) {
        for (const path of ['histogram', 'facets', 'fields']) {
          for (const value of [text, `data.${text}`, `data."${text}"`]) {
            const url = `${path}?${parameter}=${encodeURIComponent(value)}`;
            if ((await client.ask(url)).status >= 500) faults.push(url);
          }
        }
      }
      expect(faults).toEqual([]);
    },
  );
});
