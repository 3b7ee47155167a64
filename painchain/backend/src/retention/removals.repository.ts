import { Injectable } from '@nestjs/common';
import { tryLock } from '../database/advisory-lock.js';
import { Database, type Sql } from '../database/database.js';
import { awaitReindexing, deleteEventsOfIntegration, mendProjects } from './deletion-sql.js';

/** An integration whose events are to go, and up to which one they were looked at. */
interface Removal {
  integrationId: string;
  connector: string;
  afterSeq: string;
}

interface Deleted {
  count: number;
  lastSeq: string | null;
  /** There were no more to look at. Those that came meanwhile are of others. */
  isLast: boolean;
  projects: { connector: string; name: string }[];
}

const request = `insert into event_removals (tenant_id, integration_id, connector) values ($1, $2, $3)`;

const findFirst = `
  select integration_id as "integrationId", connector, after_seq as "afterSeq" from event_removals
  where tenant_id = $1 order by integration_id limit 1`;

// Ingest stores and says which projects it covers in one transaction that holds its integration: those that are under
// way have committed by then, and what they cover is seen; the others find what is gone gone, and store it anew.
const holdOthers = `select from integrations where tenant_id = $1 and type = $2 order by id for update`;

const moveOn = `update event_removals set after_seq = $3 where tenant_id = $1 and integration_id = $2`;

// What could not be stored is not to be stored later, either.
const forgetRejected = `delete from rejected_events where tenant_id = $1 and integration_id = $2`;

const finish = `delete from event_removals where tenant_id = $1 and integration_id = $2`;

/** Each batch commits with how far it came, so a kill loses nothing and the next process goes on from there. */
@Injectable()
export class RemovalsRepository {
  constructor(private readonly database: Database) {}

  /** Resolves once there is a database to work on. */
  whenOpen(): Promise<void> {
    return this.database.whenOpen();
  }

  tenants(): Promise<number[]> {
    return this.database.tenants();
  }

  async request(sql: Sql, tenantId: number, integrationId: string, connector: string): Promise<void> {
    await sql.query({ text: request, values: [tenantId, integrationId, connector] });
  }

  /**
   * Looks at `limit` more events of the first removal; how many of them went. Undefined when there is none, or while
   * another process deletes.
   */
  deleteSome(tenantId: number, limit: number): Promise<number | undefined> {
    const work = async (sql: Sql) => {
      const [removal] = (await sql.query<Removal>({ text: findFirst, values: [tenantId] })).rows;
      if (!removal || !(await tryLock(sql, 'retention'))) return undefined;
      const { count, lastSeq, isLast, projects } = await this.#delete(sql, tenantId, removal, limit);
      const of = [tenantId, removal.integrationId];
      if (isLast) for (const text of [forgetRejected, finish]) await sql.query({ text, values: of });
      else await sql.query({ text: moveOn, values: [...of, lastSeq] });
      if (count > 0) await sql.query({ text: mendProjects, values: [tenantId, JSON.stringify(projects)] });
      return count;
    };
    return this.database.inTenant(tenantId, work, { timeoutMs: 30_000 });
  }

  async #delete(
    sql: Sql,
    tenantId: number,
    { integrationId, connector, afterSeq }: Removal,
    limit: number,
  ): Promise<Deleted> {
    await sql.query({ text: holdOthers, values: [tenantId, connector] });
    await sql.query({ text: awaitReindexing, values: [tenantId] });
    const values = [tenantId, integrationId, connector, afterSeq, limit];
    const { rows } = await sql.query<Deleted>({ text: deleteEventsOfIntegration, values });
    return rows[0] ?? { count: 0, lastSeq: null, isLast: true, projects: [] };
  }
}
