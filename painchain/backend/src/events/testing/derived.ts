import type { JsonObject } from '@painchain/contract';
import type { TestDatabase } from '../../database/testing/test-database.js';
import { wordsOf } from '../../query/event-words.js';

/** What follows from each event and is kept beside it. */
export interface Derived {
  days: string[];
  slots: string[];
  words: string[];
}

interface Row {
  tenant_id: number;
  seq: string;
  timestamp: Date;
  title: string;
  project: string;
  connector: string;
  type: string | null;
  status: string | null;
  actor: string | null;
  environment: string | null;
  subject: string | null;
  tags: string[];
  data: JsonObject;
}

/** What is stored, of all tenants. */
export async function derived(test: Pick<TestDatabase, 'asOwner'>): Promise<Derived> {
  const texts = async (query: string) => {
    const rows = await test.asOwner<{ text: string }>(query);
    return rows.map(({ text }) => text).sort();
  };
  return {
    days: await texts(`select concat_ws('|', tenant_id, field, day, value, count) as text from event_days`),
    slots: await texts(
      `select concat_ws('|', tenant_id, minutes, extract(epoch from slot)::bigint, connector, status, count) as text
       from event_slots`,
    ),
    words: await texts(`select concat_ws('|', tenant_id, seq, timestamp, words) as text from event_words`),
  };
}

/** What should be stored, made again from the events. */
export async function derivedAgain(test: Pick<TestDatabase, 'asOwner'>): Promise<Derived> {
  const rows = await test.asOwner<Row>('select * from events');
  const words = await test.asOwner<{ text: string }>(
    `select concat_ws('|', tenant_id, seq, timestamp, words) as text
     from events join jsonb_to_recordset($1::jsonb) as again(seq bigint, words tsvector) using (seq)`,
    [JSON.stringify(rows.map((row) => ({ seq: row.seq, words: wordsOf(row, row.tenant_id) })))],
  );
  return {
    days: counted(rows.flatMap(daysOf)),
    slots: counted(rows.flatMap(slotsOf)),
    words: words.map(({ text }) => text).sort(),
  };
}

function daysOf({ tenant_id, timestamp, tags, ...row }: Row): string[] {
  const day = timestamp.toISOString().slice(0, 10);
  const fields = ['connector', 'project', 'type', 'status', 'actor', 'environment'] as const;
  const values = [
    ['all', ''],
    ...fields.map((field) => [field, row[field]]),
    ...tags.map((tag) => ['tag', tag]),
    ...(tags.length > 0 ? [['tagged', '']] : []),
  ];
  return values.flatMap(([field, value]) =>
    value === null ? [] : [`${tenant_id}|${field}|${day}|${value}`],
  );
}

function slotsOf({ tenant_id, timestamp, connector, status }: Row): string[] {
  return [15, 60].map((minutes) => {
    const slot = Math.floor(timestamp.getTime() / 60_000 / minutes) * minutes * 60;
    return `${tenant_id}|${minutes}|${slot}|${connector}|${status ?? ''}`;
  });
}

function counted(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Array.from(counts, ([text, count]) => `${text}|${count}`).sort();
}
