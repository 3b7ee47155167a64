import type { JsonObject } from '@painchain/contract';
import fc from 'fast-check';
import type { TestDatabase } from '../../database/testing/test-database.js';
import { wordsOf } from '../event-words.js';

/** An event as the table has it. */
export interface SampleEvent {
  timestamp: string;
  received_at: string;
  title: string;
  connector: string;
  project: string;
  type: string | null;
  status: string | null;
  actor: string | null;
  url: string | null;
  environment: string | null;
  severity: string | null;
  subject: string | null;
  integration_id: number | null;
  key: string;
  refs: string[];
  tags: string[];
  time_gap: boolean;
  backfill: boolean;
  data: JsonObject;
}

export type StoredSample = SampleEvent & { seq: string };

// Few values, so that conditions match often, and several together, too.
export const words = [
  'payment',
  'pay',
  'api',
  'rollout',
  'v2',
  '50%',
  'a_b',
  "o'neil",
  String.raw`back\slash`,
];
export const commitId = `3f2a9c1${'0d'.repeat(16)}b`;
export const projects = ['acme/api', 'acme/web', 'Acme/api', 'a%b'];
export const statuses = ['success', 'failure', 'pending'];
export const environments = ['prod', 'staging', 'Prod'];
export const tags = ['team:core', 'urgent', 'x_y'];
export const refs = [
  `commit:${commitId}`,
  'change:acme/api#12',
  'image:ghcr.io/acme/api:v1',
  'commit:abcdef0',
];
export const numbers = [0, 1, 2, 5, 10, -3, 1.5];

const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });

export const phrase = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
  .map((all) => all.join(' '));

const leaf = fc.oneof(
  fc.constantFrom(...numbers),
  phrase,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    commitId,
    '2026-01-03T00:00:00Z',
    '2026-01-02',
    '5',
    'true',
    'https://acme.example/payment',
  ),
);

const data = fc.record(
  {
    n: leaf,
    replicas: fc.oneof(
      fc.record({ new: leaf, old: leaf }, { requiredKeys: [] }),
      fc.array(fc.record({ new: leaf }), { maxLength: 3 }),
    ),
    list: fc.array(fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })), { maxLength: 3 }),
    'a.b"c': leaf,
  },
  { requiredKeys: [] },
);

const instant = fc
  .record({
    day: fc.integer({ min: 1, max: 4 }),
    hour: fc.integer({ min: 0, max: 3 }),
    micro: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ day, hour, micro }) => `2026-01-0${day}T0${hour}:00:00.00000${micro}Z`);

const event: fc.Arbitrary<SampleEvent> = fc.record({
  timestamp: instant,
  received_at: instant,
  title: phrase,
  connector: fc.constantFrom('github', 'kubernetes'),
  project: fc.constantFrom(...projects),
  type: orNull(['push', 'Push', 'deploy']),
  status: orNull(statuses),
  actor: orNull(['ada', "o'neil", 'dependabot[bot]']),
  url: orNull(['https://acme.example/Pull/1', 'https://other.example/50%']),
  environment: orNull(environments),
  severity: orNull(['low', 'high']),
  subject: orNull(['acme/api/run/42', 'payment api']),
  integration_id: orNull([7, 8]),
  key: fc.uuid(),
  refs: fc.uniqueArray(fc.constantFrom(...refs), { maxLength: 2 }),
  tags: fc.uniqueArray(fc.constantFrom(...tags), { maxLength: 2 }),
  time_gap: fc.boolean(),
  backfill: fc.boolean(),
  data,
});

/** Always the same events, with many that share their instant. */
export function sampleEvents(count: number): SampleEvent[] {
  return fc.sample(event, { numRuns: count, seed: 42 });
}

/** Stores events with everything that is searched, and gives them in the order of the timeline, newest first. */
export async function storeSamples(
  { database }: TestDatabase,
  tenantId: number,
  events: readonly SampleEvent[],
): Promise<StoredSample[]> {
  const given = events.map((each) => ({ ...each, words: wordsOf(each, tenantId) }));
  const { rows } = await database.inTenant(tenantId, (sql) =>
    sql.query<{ key: string; seq: string }>({ text: store, values: [tenantId, JSON.stringify(given)] }),
  );
  const seqs = new Map(rows.map(({ key, seq }) => [key, seq]));
  return events
    .map((each) => ({ ...each, seq: seqs.get(each.key) ?? '' }))
    .sort((one, other) => (isBefore(one, other) ? 1 : -1));
}

function isBefore(one: StoredSample, other: StoredSample): boolean {
  return one.timestamp === other.timestamp
    ? BigInt(one.seq) < BigInt(other.seq)
    : one.timestamp < other.timestamp;
}

const columns = `timestamp, received_at, title, connector, project, type, status, actor, url, environment, severity,
  subject, integration_id, key, refs, tags, time_gap, backfill, data`;

const store = `with given as (
  select * from jsonb_to_recordset($2::jsonb) as given(timestamp timestamptz, received_at timestamptz, title text,
    connector text, project text, type text, status text, actor text, url text, environment text, severity text,
    subject text, integration_id bigint, key text, refs text[], tags text[], time_gap boolean, backfill boolean,
    data jsonb, words tsvector)
), stored as (
  insert into events (tenant_id, ${columns}) select $1, ${columns} from given
  returning seq, timestamp, key, refs
), found as (
  insert into event_words (tenant_id, seq, timestamp, words)
  select $1, seq, stored.timestamp, words from stored join given using (key)
), correlated as (
  insert into event_refs (tenant_id, ref, timestamp, seq)
  select $1, ref, timestamp, seq from stored, unnest(refs) as ref
), tailed as (
  insert into event_tail (tenant_id, seq) select $1, seq from stored
)
select key, seq from stored`;
