import type { Facets } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CountsClient } from './testing/counts-client.js';

let client: CountsClient;

beforeAll(async () => {
  client = await CountsClient.start();
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('GET /api/timeline/facets', () => {
  it('counts the filter fields and tags, when nothing else is asked', async () => {
    await client.send([{ tags: ['a', 'b'], actor: 'ada' }, { tags: ['a'] }, { connector: 'git' }]);
    const { total, facets } = await client.get<Facets>('facets');
    expect(total).toBe(3);
    expect(facets.map(({ field }) => field)).toEqual([
      'connector',
      'project',
      'type',
      'status',
      'actor',
      'environment',
      'tag',
    ]);
    expect(facets[0]).toEqual({
      field: 'connector',
      values: [
        { value: 'ci', count: 2 },
        { value: 'git', count: 1 },
      ],
      others: 0,
      missing: 0,
    });
    expect(facets[4]).toMatchObject({ values: [{ value: 'ada', count: 1 }], missing: 2 });
    expect(facets[6]?.values).toEqual([
      { value: 'a', count: 2 },
      { value: 'b', count: 1 },
    ]);
  });

  it('shows the alternatives to what is chosen', async () => {
    await client.send([
      { status: 'failure', type: 'push' },
      { status: 'success', type: 'push' },
      { status: 'success' },
    ]);
    const { total, facets } = await client.get<Facets>('facets?status=failure&field=status&field=type');
    expect(total).toBe(1);
    expect(facets.map(({ values }) => values.map(({ value, count }) => `${value} ${count}`))).toEqual([
      ['success 2', 'failure 1'],
      ['push 1'],
    ]);
  });

  it('counts places in the data and names them as a query does', async () => {
    await client.send([
      {
        data: {
          replicas: { new: 5 },
          'app.kubernetes.io/name': 'api',
          images: [{ tag: 'v1' }, { tag: 'v1' }, { tag: 'v2' }],
          lists: [[1, 'a', [3]], 1, null],
        },
      },
      { data: { replicas: { new: '5' }, images: [] } },
      { data: { replicas: null, long: 'x'.repeat(301) } },
    ]);
    const fields = [
      'data.replicas.new',
      'data."app.kubernetes.io/name"',
      'data.images.tag',
      'data.lists',
      'data.long',
      'env',
      'tags',
    ];
    const query = fields.map((field) => `field=${encodeURIComponent(field)}`).join('&');
    const { facets } = await client.get<Facets>(`facets?${query}`);
    expect(
      facets.map(({ field, values, missing }) => [
        field,
        missing,
        ...values.map(({ value, count }) => `${value} ${count}`),
      ]),
    ).toEqual([
      ['data.replicas.new', 1, '5 2'],
      ['data."app.kubernetes.io/name"', 2, 'api 1'],
      ['data.images.tag', 2, 'v1 1', 'v2 1'],
      ['data.lists', 2, '1 1', 'a 1'],
      ['data.long', 2],
      ['environment', 3],
      ['tag', 3],
    ]);
  });

  it('keeps to values that contain a text, and says how many there are beside', async () => {
    await client.send(['Payment', 'payroll', 'api', 'PAY%', '_'].map((project) => ({ project })));
    const projects = async (query: string) =>
      (await client.get<Facets>(`facets?field=project&${query}`)).facets[0];
    expect(await projects('contains=pay&limit=2')).toMatchObject({
      values: [
        { value: 'PAY%', count: 1 },
        { value: 'Payment', count: 1 },
      ],
      others: 1,
    });
    expect((await projects('contains=%25'))?.values).toEqual([{ value: 'PAY%', count: 1 }]);
    expect((await projects('contains=_&q=type:x%20OR%20*'))?.values).toEqual([{ value: '_', count: 1 }]);
  });
});
