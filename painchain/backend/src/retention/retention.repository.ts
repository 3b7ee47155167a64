import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '../database/database.js';

// Any number that nothing else locks by.
const retentionLock = 72_707_370;

// By the earlier of both instants, or an event dated to the year 9999 would stay for ever. Arrival has no index
// of its own, but seq grows with it. The tail needs no care: it is pruned by age, and reads skip what is gone.
const deleteEvents = `
  with old as (
    (select seq from events where tenant_id = $1 and timestamp < $2 order by timestamp limit $3)
    union
    (select seq from (select seq, received_at from events where tenant_id = $1 order by seq limit $3) as first
     where received_at < $2)
  ), gone as (
    delete from events using old where events.tenant_id = $1 and events.seq = old.seq
    returning events.seq, events.timestamp, events.connector, events.project, events.refs
  ), gone_refs as (
    delete from event_refs using gone, unnest(gone.refs) as gone_ref
    where event_refs.tenant_id = $1 and event_refs.ref = gone_ref
      and event_refs.timestamp = gone.timestamp and event_refs.seq = gone.seq
  ), counts as (
    select connector, project, count(*) as n from gone group by connector, project
  ), counted as (
    update projects set event_count = greatest(0, event_count - counts.n) from counts
    where projects.tenant_id = $1 and projects.connector = counts.connector and projects.name = counts.project
  )
  select count(*)::int as count from gone`;

// A reader whose cursor lies before the horizon is told to begin anew.
const pruneTail = `
  with gone as (
    delete from event_tail where tenant_id = $1 and stored_at < $2 returning xid
  )
  update event_tail_horizon set xid = newest.xid
  from (select xid from gone order by xid desc limit 1) as newest
  where event_tail_horizon.xid < newest.xid`;

const pruneRejected = `delete from rejected_events where tenant_id = $1 and received_at < $2`;

const pruneCommands = `delete from commands where tenant_id = $1 and created_at < $2`;

/** Deletes what is too old. Nothing happens, and undefined comes back, while another process is at it. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** Resolves once there is a database to work on. */
  whenOpen(): Promise<void> {
    return this.database.whenOpen();
  }

  async tenants(): Promise<number[]> {
    const { rows } = await this.database.withoutTenant((sql) =>
      sql.query<{ id: number }>({ text: 'select id from tenants order by id' }),
    );
    return rows.map(({ id }) => id);
  }

  /** At most twice `limit` events; how many they were. */
  deleteEvents(tenantId: number, before: Date, limit: number): Promise<number | undefined> {
    return this.#alone(tenantId, async (sql) => {
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

  pruneCommands(tenantId: number, before: Date): Promise<number | undefined> {
    return this.#prune(pruneCommands, tenantId, before);
  }

  #prune(text: string, tenantId: number, before: Date): Promise<number | undefined> {
    return this.#alone(tenantId, async (sql) => {
      const { rowCount } = await sql.query({ text, values: [tenantId, before.toISOString()] });
      return rowCount ?? 0;
    });
  }

  #alone(tenantId: number, work: (sql: Sql) => Promise<number>): Promise<number | undefined> {
    const alone = async (sql: Sql) => {
      const { rows } = await sql.query<{ locked: boolean }>({
        text: 'select pg_try_advisory_xact_lock($1) as locked',
        values: [retentionLock],
      });
      return rows[0]?.locked ? work(sql) : undefined;
    };
    return this.database.inTenant(tenantId, alone, { timeoutMs: 30_000 });
  }
}
