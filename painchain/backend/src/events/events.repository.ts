import { Injectable } from '@nestjs/common';
import type { RejectionCode } from '@painchain/contract';
import { Database } from '../database/database.js';
import { OvertakenError } from '../database/failure.js';
import { instantText } from '../database/instant.js';
import type { Sql } from '../database/sql.js';
import { findKnown, keepRejected, storeEvents } from './ingest-sql.js';
import type { Accepted } from './judge.js';

export interface StoredKey {
  seq: string;
  connector: string;
  key: string;
  stored_at: string;
}

export interface KnownKey extends StoredKey {
  /** Whether its content is that of the event which came with the same key. */
  same: boolean;
}

const clock = `select ${instantText('clock_timestamp()')} as now`;

/** The SQL of ingest. Every statement runs inside the transaction of its batch. */
@Injectable()
export class EventsRepository {
  constructor(private readonly database: Database) {}

  /** Commits all of a batch or nothing. Runs `work` again when it loses against another transaction. */
  inTransaction<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, work);
  }

  /** What time it is by the database, to the microsecond. */
  async clock(sql: Sql): Promise<string> {
    const { rows } = await sql.query<{ now: string }>({ name: 'events-clock', text: clock, values: [] });
    return rows[0]?.now ?? '';
  }

  /** Stores what is new and answers with it; events whose key is known are left out. */
  async store(
    sql: Sql,
    tenantId: number,
    integrationId: string | null,
    events: readonly Accepted[],
  ): Promise<StoredKey[]> {
    const { rows } = await sql.query<StoredKey>({
      ...storeEvents,
      values: [tenantId, asRows(events), integrationId],
    });
    return rows;
  }

  /** Finds events whose keys are known. When one of them was removed in between, the transaction begins anew. */
  async findKnown(sql: Sql, tenantId: number, events: readonly Accepted[]): Promise<KnownKey[]> {
    const { rows } = await sql.query<KnownKey>({ ...findKnown, values: [tenantId, asRows(events)] });
    // Trying to store it here would take keys after counts: all others do it before.
    if (rows.length < events.length) throw new OvertakenError('an event was removed while it came again');
    return rows;
  }

  async keepRejected(
    sql: Sql,
    tenantId: number,
    integrationId: string | null,
    refused: readonly { code: RejectionCode; detail: string; event: string }[],
  ): Promise<void> {
    await sql.query({ ...keepRejected, values: [tenantId, JSON.stringify(refused), integrationId] });
  }
}

// The events are JSON already: only the brackets are missing.
function asRows(events: readonly Accepted[]): string {
  return `[${events.map(({ json }) => json).join(',')}]`;
}
