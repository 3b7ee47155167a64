import { Injectable, Optional } from '@nestjs/common';
import type { Query } from '@painchain/query';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { isIndexing } from '../query/indexing.js';
import { walk } from '../query/walk.js';
import { type KeptHistogram, keptHistogram, type KeptHistogramQuestion } from './histogram-sql.js';
import { type HistogramCounts, type HistogramRow, HistogramTally } from './histogram-tally.js';
import { mayBeRead } from './kept-counts.js';
import { microsText } from './micros.js';
import { isEverything, type Reach, readInTime, readOptions, walkBudgetMs } from './reading.js';

export interface HistogramQuestion extends KeptHistogramQuestion {
  query: Query;
}

export type HistogramRead = HistogramCounts & Reach;

/** Counts events by time: from what is kept when all are counted, else by walking through them. */
@Injectable()
export class HistogramRepository {
  /** `budgetMs`: how long may be counted. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly budgetMs: number = walkBudgetMs,
  ) {}

  histogram(tenantId: number, question: HistogramQuestion): Promise<HistogramRead> {
    const read = async (sql: Sql) => {
      const deadline = performance.now() + this.budgetMs;
      const kept = isEverything(question.query)
        ? await readInTime(sql, this.budgetMs, () => readKept(sql, tenantId, question))
        : undefined;
      return kept ?? walkThrough(sql, tenantId, question, deadline - performance.now());
    };
    return this.database.inTenant(tenantId, read, readOptions);
  }
}

/** Undefined when the edges have too many events. */
async function readKept(
  sql: Sql,
  tenantId: number,
  question: HistogramQuestion,
): Promise<HistogramRead | undefined> {
  const { rows } = await sql.query<KeptHistogram>(keptHistogram(tenantId, question));
  const [kept] = rows;
  if (!kept || !mayBeRead(kept.edge_events)) return undefined;
  const series = kept.series.map(([value, count]) => ({ value: value === '' ? null : value, count }));
  const read = question.buckets.map(() => ({ count: 0, values: series.map(() => 0) }));
  for (const [number, rank, count] of kept.counts) {
    const bucket = read[number];
    if (!bucket) throw new Error('a bucket that nobody asked for was counted');
    bucket.count += count;
    if (rank > 0) bucket.values[rank - 1] = count;
  }
  return {
    series,
    buckets: read,
    hasMoreValues: false,
    end: { end: 'range', reached: undefined },
    isIndexing: false,
  };
}

async function walkThrough(
  sql: Sql,
  tenantId: number,
  { query, buckets, by }: HistogramQuestion,
  budgetMs: number,
): Promise<HistogramRead> {
  const tally = new HistogramTally(buckets.length);
  const starts = buckets.map(({ from }) => microsText(from));
  const last = buckets.at(-1);
  const end = await walk<{ counts: HistogramRow[] | null }>(
    sql,
    {
      tenantId,
      query,
      range: { from: starts[0], to: last && microsText(last.to) },
      order: 'newest',
      budgetMs,
      columns: by ? { value: `e.${by}` } : {},
      select: (bind) => `
  select json_agg(json_build_array(bucket, value, count)) as counts from (
    select width_bucket(timestamp, ${bind(starts, 'timestamptz[]')}) - 1 as bucket,
      ${by ? 'value' : 'null::text as value'}, count(*) as count
    from hits group by 1, 2
  ) as counted`,
    },
    (rows) => {
      for (const { counts } of rows) tally.add(counts ?? [], by !== undefined);
      return 'more';
    },
  );
  return { ...tally.counts(), end, isIndexing: await isIndexing(sql, tenantId, query) };
}
