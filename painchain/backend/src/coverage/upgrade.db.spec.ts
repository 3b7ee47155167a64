import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../database/migrate.js';
import { readMigrations } from '../database/migrations.js';
import { createEmptyDatabase } from '../database/testing/test-database.js';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let owner: Client;

beforeAll(async () => {
  database = await createEmptyDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

it('claims nothing of the time before spells were kept, and knows what keeps its sources', async () => {
  const all = readMigrations();
  const coverage = all.findIndex(({ name }) => name.endsWith('_coverage'));
  await migrate(owner, all.slice(0, coverage));
  await owner.query(`set app.across_tenants = 'connectors'`);
  await owner.query(`
    insert into integrations (tenant_id, type, name, config_public, config_sealed, registered_at)
    values (1, 'vault', 'Main', '{}', '', '2026-01-01Z')`);
  await owner.query(`
    insert into sources (tenant_id, integration_id, source, watermark, status)
    select 1, id, source, watermark::timestamptz, jsonb_build_object('state', state, 'trouble', jsonb_build_object('detail', 'd'))
      from integrations, (values ('seen', '2026-03-01Z', 'healthy'), ('kept', '2026-02-01Z', 'failing'),
        ('ahead', '9999-01-01Z', 'healthy'), ('fresh', null, 'starting')) as given(source, watermark, state)`);
  await owner.query('reset app.across_tenants');
  expect(await migrate(owner, all)).toHaveLength(all.length - coverage);
  await owner.query(`set app.across_tenants = 'connectors'`);
  const { rows } = await owner.query(`
    select source, connected_at = watermark as begins, watermark <= now() as past, trouble from sources order by source`);
  expect(rows).toEqual([
    { source: 'ahead', begins: true, past: true, trouble: null },
    { source: 'fresh', begins: null, past: null, trouble: null },
    { source: 'kept', begins: true, past: true, trouble: 'd' },
    { source: 'seen', begins: true, past: true, trouble: null },
  ]);
});
