import type { Coverage, Problem } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, type TestApi } from '../connectors/testing/test-api.js';
import { CoverageModule } from './coverage.module.js';
import { fromNow, watched } from './testing/watched-source.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([CoverageModule]);
});
afterAll(() => api?.close());
beforeEach(async () => {
  await clear(api);
  await watched(api, 'Main');
});

/** One a second, for half of it, over the last hours. */
const keep = (kind: 'late' | 'blind', count: number) =>
  api.db.asOwner(
    `insert into coverage_spells
     select tenant_id, integration_id, source, $1, began, began + interval '500 ms', 'lost'
       from sources, generate_series(1, $2::int) as n, lateral (select now() - n * interval '1 second' as began) as at`,
    [kind, count],
  );

const ask = <Body>() => api.call<Body>('GET', `/coverage?from=${fromNow(-60 * 24)}`);

describe('more spells than are read', () => {
  it('leave out what was caught up with, and nothing that is missing', async () => {
    await keep('late', 50_000);
    await keep('blind', 1);
    expect((await ask<Coverage>()).body.verdict).toBe('blind');
  });

  it('let nothing be said where they are of what is missing', async () => {
    await keep('blind', 50_001);
    expect(await ask<Problem>()).toMatchObject({ status: 422, body: { errors: [{ pointer: '/from' }] } });
  });
});
