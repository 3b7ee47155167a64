import { limits } from '@painchain/contract';
import { escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Statement } from '../database/sql.js';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { bounds } from './bounds.js';
import { byActor, naming, withSubject } from './related-sql.js';
import { RelatedModule } from './related.module.js';
import { RelatedService } from './related.service.js';
import { allOf, storeEvents } from './testing/store-events.js';

let test: TestDatabase;
let related: RelatedService;
let close: () => Promise<void>;

const latest = 'image:ghcr.io/acme/api:latest';
const middle = '2026-01-31T00:00:00Z';

/** A hundred thousand events within four days that all name one image, have one subject and one actor. */
beforeAll(async () => {
  test = await createTestDatabase();
  const app = await createTestApp(test.database, [RelatedModule]);
  related = app.get(RelatedService);
  close = () => app.close();
  await test.asOwner(
    `with stored as (
       insert into events (tenant_id, key, connector, project, title, data, timestamp, type, refs, subject, actor)
       select 1, n::text, 'ci', 'acme/api', 'event ' || n, '{}', '2026-01-29T00:00:00Z'::timestamptz + n * interval '3.456 s',
         'deploy', array[$1, 'run:' || n], 'acme/api', 'bot'
       from generate_series(1, 100000) as n returning seq, timestamp, refs
     )
     insert into event_refs (tenant_id, ref, timestamp, seq) select 1, ref, timestamp, seq from stored, unnest(refs) as ref`,
    [latest],
  );
  await test.asOwner('vacuum analyze');
});
afterAll(async () => {
  await close();
  await test.drop();
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

/** What a statement reads as the serving role plans it, for these values or for any. */
async function readsOf({ text, values = [] }: Statement, mode: 'custom' | 'generic') {
  const given = (values as unknown[]).map((value) =>
    Array.isArray(value)
      ? `array[${value.map((each) => escapeLiteral(String(each))).join(', ')}]`
      : escapeLiteral(String(value)),
  );
  const types = ['integer', Array.isArray(values[1]) ? 'text[]' : 'text', 'timestamptz', 'bigint'];
  const { rows } = await test.database.inTenant(1, async (sql) => {
    await sql.query({ text: `set local plan_cache_mode = force_${mode}_plan` });
    await sql.query({ text: `prepare asked (${types.join(', ')}) as ${text}` });
    const explained = await sql.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
      text: `explain (analyze, buffers, format json) execute asked (${given.join(', ')})`,
    });
    await sql.query({ text: 'deallocate asked' });
    return explained;
  });
  const nodes = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const top = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!top) throw new Error('nothing was explained');
  const scans = nodes(top).filter((node) => node['Relation Name'] !== undefined);
  return {
    kinds: new Set(scans.map((node) => node['Node Type'])),
    rows: scans.reduce(
      (sum, node) =>
        sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    ),
    blocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'],
  };
}

const around = { seq: '50000', timestamp: middle };

describe('among a hundred thousand events that have everything in common', () => {
  it.each(['custom', 'generic'] as const)('a few are read, by index alone (%s plan)', async (mode) => {
    const refs = [latest, ...Array.from({ length: 20 }, (_, n) => `run:${n * 5_000 + 1}`)];
    const named = await readsOf(naming(1, refs, around), mode);
    expect(named.kinds).toEqual(new Set(['Index Only Scan']));
    expect(named.rows).toBeLessThanOrEqual(2 * (bounds.eventsOfRef + 2) + 20);
    expect(named.blocks).toBeLessThan(400);

    const subject = await readsOf(withSubject(1, 'acme/api', around), mode);
    expect(subject.rows).toBeLessThanOrEqual(2 * (bounds.eventsOfSubject + 2));
    expect(subject.blocks).toBeLessThan(400);

    const actor = await readsOf(byActor(1, 'bot', around), mode);
    expect(actor.kinds).toEqual(new Set(['Index Only Scan']));
    expect(actor.rows).toBeLessThanOrEqual(2 * bounds.eventsNearby);
    expect(actor.blocks).toBeLessThan(400);
  });

  it('takes those nearest in time, does not follow them, and says what it left out', async () => {
    const ids = await storeEvents(test, [
      { title: 'asked', refs: [latest], timestamp: middle },
      { title: 'beyond', refs: ['run:50000'], timestamp: middle },
    ]);
    const found = await related.related(1, ids['asked'] ?? '');
    const seconds = allOf(found).map(
      ({ row }) => Math.abs(Date.parse(row.timestamp) - Date.parse(middle)) / 1_000,
    );
    expect(seconds).toHaveLength(bounds.eventsOfHub);
    expect(Math.max(...seconds)).toBeLessThan(bounds.eventsOfHub * 3.456);
    expect(allOf(found).map(({ row }) => row.title)).not.toContain('beyond');
    expect(found.capped).toMatchObject({ reason: 'rows', reached: null });
    expect(found.capped?.detail).toContain(`ref:${JSON.stringify(latest)}`);
  });

  it('gives no more of a subject and of an actor than it says, and each event once', async () => {
    const ids = await storeEvents(test, [
      { title: 'asked', subject: 'acme/api', actor: 'bot', timestamp: '2026-01-30T00:00:01Z' },
    ]);
    const found = await related.related(1, ids['asked'] ?? '');
    const events = allOf(found);
    expect(events).toHaveLength(bounds.eventsOfSubject);
    expect(new Set(events.map(({ row }) => row.id)).size).toBe(events.length);
    expect(events.every(({ why }) => why.map(({ kind }) => kind).join() === 'subject,actor')).toBe(true);
    expect(found.capped?.detail).toMatch(/same subject.*same actor/);
  });

  it('gives no more than the contract allows, the closest first', async () => {
    const fan = (from: number, hop: number) =>
      Array.from({ length: 40 }, (_, n) => ({
        title: `${hop} ${from} ${n}`,
        type: 'push',
        refs: [`x:${hop}:${from}`, `x:${hop + 1}:${n}`],
      }));
    const ids = await storeEvents(test, [
      { title: 'asked', refs: ['x:1:0'] },
      ...fan(0, 1),
      ...Array.from({ length: 10 }, (_, n) => fan(n, 2)).flat(),
    ]);
    const found = await related.related(1, ids['asked'] ?? '');
    const events = allOf(found);
    expect(events).toHaveLength(limits.related);
    expect(events.filter(({ row }) => row.title.startsWith('1 '))).toHaveLength(40);
    expect(found.capped?.detail).toContain(`more than ${limits.related} events`);
  });

  it('looks no more keys up than it says', async () => {
    const spread = Array.from({ length: 10 }, (_, n) => ({
      title: `spread ${n}`,
      type: 'push',
      refs: ['y:0', ...Array.from({ length: 99 }, (_, k) => `commit:${n}.${k}`)],
    }));
    const ids = await storeEvents(test, spread);
    const found = await related.related(1, ids['spread 0'] ?? '');
    expect(allOf(found)).toHaveLength(10);
    expect(found.chain[0]?.refs).toHaveLength(limits.refs);
    expect(found.capped?.detail).toContain(`more than ${bounds.refs} keys`);
  });
});
