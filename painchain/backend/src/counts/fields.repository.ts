import { Injectable } from '@nestjs/common';
import type { JsonObject, JsonValue } from '@painchain/contract';
import type { Query } from '@painchain/query';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';
import { isIndexing } from '../query/indexing.js';
import { walk } from '../query/walk.js';
import { type Reach, readOptions, walkBudgetMs } from './reading.js';

export const sampleMax = 500;

// Numbers are read as all of their digits, so an event may be far larger than it was when it was sent.
const dataBytesMax = 4 * 1024 * 1024;

/** An event of a sample: its own fields as they are told, and its data. */
export interface SampledEvent {
  own: Record<string, JsonValue>;
  data: JsonObject;
}

export interface Sample extends Reach {
  events: SampledEvent[];
}

// By the names of the query language.
const ownFields = `json_build_object('connector', e.connector, 'project', e.project, 'type', e.type,
    'status', e.status, 'actor', e.actor, 'environment', e.environment, 'severity', e.severity,
    'subject', e.subject, 'tag', e.tags, 'ref', e.refs, 'title', e.title, 'url', e.url, 'key', e.key,
    'id', e.seq::text, 'integration', e.integration_id::text, 'timestamp', ${instantText('e.timestamp')},
    'received_at', ${instantText('e.received_at')},
    'time_precision', case when e.time_gap then 'gap' else 'exact' end, 'backfill', e.backfill)`;

/** Reads the newest events that match, as many as a sample needs. */
@Injectable()
export class FieldsRepository {
  constructor(private readonly database: Database) {}

  sample(
    tenantId: number,
    query: Query,
    range: { from?: string | undefined; to?: string | undefined },
  ): Promise<Sample> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const events: SampledEvent[] = [];
        let isFull = false;
        const end = await walk<{ own: Record<string, JsonValue>; data: JsonObject | null }>(
          sql,
          {
            tenantId,
            query,
            range,
            order: 'newest',
            budgetMs: walkBudgetMs,
            wanted: sampleMax,
            columns: {},
            select: () => newestWithData,
          },
          (rows) => {
            for (const { own, data } of rows) {
              // What is too large for the sample ends it.
              isFull ||= data === null || events.length === sampleMax;
              if (!isFull && data) events.push({ own, data });
            }
            return isFull || events.length === sampleMax ? 'enough' : 'more';
          },
        );
        return { events, end, isIndexing: await isIndexing(sql, tenantId, query) };
      },
      readOptions,
    );
  }
}

const newestFirst = 'order by newest.timestamp desc, newest.seq desc';
const bytesBefore = `sum(octet_length(e.data::text)) over (${newestFirst}
    rows between unbounded preceding and 1 preceding)`;

// The first one comes in any case.
const newestWithData = `
  select ${ownFields} as own,
    case when coalesce(${bytesBefore}, 0) <= ${dataBytesMax} then e.data end as data
  from (select timestamp, seq from hits order by timestamp desc, seq desc limit ${sampleMax}) as newest
  join events e on e.tenant_id = $1 and e.seq = newest.seq
  ${newestFirst}`;
