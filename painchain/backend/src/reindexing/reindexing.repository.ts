import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@painchain/contract';
import { tryLock } from '../database/advisory-lock.js';
import { Database, type Sql } from '../database/database.js';
import { wordsOf } from '../query/event-words.js';

// Retention locks the same row before it deletes, so no event goes while its words are on their way.
const findBegin = 'select before_seq from text_reindexing where tenant_id = $1 for update';

const findEvents = `
  select seq, title, project, subject, actor, data from events
  where tenant_id = $1 and seq < $2 order by seq desc limit $3`;

const writeWords = `
  insert into event_words (tenant_id, seq, timestamp, words)
  select tenant_id, seq, timestamp, given.words::tsvector
  from jsonb_to_recordset($2::jsonb) as given(seq bigint, words text) join events using (seq)
  where tenant_id = $1
  on conflict (tenant_id, seq) do update set words = excluded.words`;

interface EventRow {
  seq: string;
  title: string;
  project: string;
  subject: string | null;
  actor: string | null;
  data: JsonObject;
}

/** Each batch commits with how far it came, so a kill loses nothing and the next process goes on from there. */
@Injectable()
export class ReindexingRepository {
  constructor(private readonly database: Database) {}

  /** Resolves once there is a database to work on. */
  whenOpen(): Promise<void> {
    return this.database.whenOpen();
  }

  tenants(): Promise<number[]> {
    return this.database.tenants();
  }

  /**
   * Writes the words of at most `limit` events, newest first; how many they were, and none when all is done.
   * Nothing happens, and undefined comes back, while another process is at it.
   */
  writeWords(tenantId: number, limit: number): Promise<number | undefined> {
    const work = async (sql: Sql) => {
      if (!(await tryLock(sql, 'reindexing'))) return undefined;
      const [begin] = (await sql.query<{ before_seq: string }>({ text: findBegin, values: [tenantId] })).rows;
      if (!begin) return 0;
      const values = [tenantId, begin.before_seq, limit];
      const { rows } = await sql.query<EventRow>({ text: findEvents, values });
      await sql.query({ text: writeWords, values: [tenantId, withWords(rows, tenantId)] });
      await moveOn(sql, tenantId, rows.at(-1)?.seq);
      return rows.length;
    };
    return this.database.inTenant(tenantId, work, { timeoutMs: 30_000 });
  }
}

function withWords(rows: readonly EventRow[], tenantId: number): string {
  return JSON.stringify(rows.map((row) => ({ seq: row.seq, words: wordsOf(row, tenantId) })));
}

async function moveOn(sql: Sql, tenantId: number, seq: string | undefined): Promise<void> {
  await sql.query(
    seq === undefined
      ? { text: 'delete from text_reindexing where tenant_id = $1', values: [tenantId] }
      : { text: 'update text_reindexing set before_seq = $2 where tenant_id = $1', values: [tenantId, seq] },
  );
}
