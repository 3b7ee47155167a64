import { Injectable } from '@nestjs/common';
import { tryLock } from '../database/advisory-lock.js';
import { Database, type Sql } from '../database/database.js';
import { awaitReindexing, deleteEvents } from './deletion-sql.js';

// A reader whose cursor lies before the horizon is told to begin anew.
const pruneTail = `
  with gone as (
    delete from event_tail where tenant_id = $1 and stored_at < $2 returning xid
  )
  update event_tail_horizon set xid = newest.xid
  from (select xid from gone order by xid desc limit 1) as newest
  where event_tail_horizon.xid < newest.xid`;

const pruneRejected = `delete from rejected_events where tenant_id = $1 and received_at < $2`;

const pruneHours = `delete from integration_hours where tenant_id = $1 and hour < $2`;

const pruneCommands = `delete from commands where tenant_id = $1 and created_at < $2`;

const pruneSpells = `
  delete from coverage_spells where tenant_id = $1 and ctid = any(array(
    select ctid from coverage_spells where tenant_id = $1 and ended_at < $2 order by ended_at limit $3))`;

/** Deletes what is too old. Nothing happens, and undefined comes back, while another process is at it. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** Resolves once there is a database to work on. */
  whenOpen(): Promise<void> {
    return this.database.whenOpen();
  }

  tenants(): Promise<number[]> {
    return this.database.tenants();
  }

  /** At most twice `limit` events; how many they were. */
  deleteEvents(tenantId: number, before: Date, limit: number): Promise<number | undefined> {
    return this.#alone(tenantId, async (sql) => {
      await sql.query({ text: awaitReindexing, values: [tenantId] });
      const values = [tenantId, before.toISOString(), limit];
      const { rows } = await sql.query<{ count: number }>({ text: deleteEvents, values });
      return rows[0]?.count ?? 0;
    });
  }

  pruneTail(tenantId: number, before: Date): Promise<number | undefined> {
    return this.#prune(pruneTail, tenantId, before);
  }

  pruneRejected(tenantId: number, before: Date): Promise<number | undefined> {
    return this.#prune(pruneRejected, tenantId, before);
  }

  pruneHours(tenantId: number, before: Date): Promise<number | undefined> {
    return this.#prune(pruneHours, tenantId, before);
  }

  pruneCommands(tenantId: number, before: Date): Promise<number | undefined> {
    return this.#prune(pruneCommands, tenantId, before);
  }

  /** At most `limit` spells; how many they were. */
  pruneSpells(tenantId: number, before: Date, limit: number): Promise<number | undefined> {
    return this.#prune(pruneSpells, tenantId, before, limit);
  }

  #prune(text: string, tenantId: number, before: Date, ...more: number[]): Promise<number | undefined> {
    return this.#alone(tenantId, async (sql) => {
      const { rowCount } = await sql.query({ text, values: [tenantId, before.toISOString(), ...more] });
      return rowCount ?? 0;
    });
  }

  #alone(tenantId: number, work: (sql: Sql) => Promise<number>): Promise<number | undefined> {
    const alone = async (sql: Sql) => ((await tryLock(sql, 'retention')) ? work(sql) : undefined);
    return this.database.inTenant(tenantId, alone, { timeoutMs: 30_000 });
  }
}
