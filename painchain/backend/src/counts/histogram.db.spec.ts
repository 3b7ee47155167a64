import type { Histogram } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CountsClient } from './testing/counts-client.js';

let client: CountsClient;

beforeAll(async () => {
  client = await CountsClient.start();
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

const counts = ({ buckets }: Histogram) =>
  buckets.flatMap(({ start, count }) => (count ? [[start.slice(5, 16), count]] : []));

describe('GET /api/timeline/histogram', () => {
  it('counts the day before now in the hours of UTC, when nothing else is asked', async () => {
    await client.send([{}, { timestamp: '2026-03-01T11:59:59Z' }, { timestamp: '2026-03-01T12:00:00Z' }]);
    const answer = await client.get<Histogram>('histogram');
    expect(answer).toMatchObject({
      from: '2026-03-01T12:00:00.000000Z',
      to: '2026-03-02T12:00:00.000000Z',
      zone: 'UTC',
      step: 'PT15M',
      total: 2,
      series: [],
      capped: null,
    });
    expect(answer.buckets).toHaveLength(96);
    expect(counts(answer)).toEqual([
      ['03-01T12:00', 1],
      ['03-02T06:30', 1],
    ]);
  });

  it('splits by a field, the most frequent values first, and counts days of the zone', async () => {
    await client.send([
      { status: 'failure', timestamp: '2026-02-27T18:20:00Z' },
      { status: 'failure', timestamp: '2026-02-27T18:10:00Z' },
      { status: 'success' },
      {},
    ]);
    const path =
      'histogram?zone=Asia/Kathmandu&by=status&from=2026-02-26T18:15:00Z&to=2026-03-02T18:15:00Z&buckets=4';
    const answer = await client.get<Histogram>(path);
    expect(answer.step).toBe('P1D');
    expect(answer.series).toEqual([
      { value: 'failure', count: 2 },
      { value: 'success', count: 1 },
      { value: null, count: 1 },
    ]);
    expect(answer.buckets.map(({ count, values }) => [count, ...values])).toEqual([
      [1, 1, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [2, 0, 1, 1],
    ]);
  });

  it('counts what a query leaves, by any field', async () => {
    await client.send([
      { actor: 'ada', title: 'Deploy payment-api' },
      { actor: 'ada' },
      { actor: 'bob', title: 'the payment API' },
    ]);
    const answer = await client.get<Histogram>('histogram?by=actor&q=payment%20-actor:bob');
    expect([answer.total, answer.series]).toEqual([1, [{ value: 'ada', count: 1 }]]);
    expect((await client.get<Histogram>('histogram?connector=CI')).total).toBe(3);
    expect((await client.get<Histogram>('histogram?q=%20%20')).total).toBe(3);
  });

  it('goes from the first year to the last', async () => {
    await client.send([{}, { timestamp: '0001-01-01T00:00:00Z' }]);
    const range = 'from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999Z';
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati']) {
      for (const by of ['', '&by=project', '&by=actor&q=project:acme/api']) {
        expect((await client.get<Histogram>(`histogram?${range}&zone=${zone}${by}`)).total).toBe(2);
      }
    }
    expect((await client.get<Histogram>('histogram?to=0001-01-01T00:00:01Z')).total).toBe(1);
  });
});
