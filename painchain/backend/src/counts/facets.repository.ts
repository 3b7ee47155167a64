import { Injectable, Optional } from '@nestjs/common';
import type { Query } from '@painchain/query';
import { Database } from '../database/database.js';
import { encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';
import { isIndexing } from '../query/indexing.js';
import { walk } from '../query/walk.js';
import type { FacetField } from './facet-field.js';
import { isKept, type KeptFacets, keptFacets } from './facets-kept-sql.js';
import { type FacetCounts, FacetsTally, mostValues } from './facets-tally.js';
import { columnOf, countFacets, type WalkedFacets } from './facets-walk-sql.js';
import { mayBeRead } from './kept-counts.js';
import { type Micros, microsText } from './micros.js';
import type { Interval } from './pieces.js';
import { isEverything, leastReached, type Reach, readInTime, readOptions, walkBudgetMs } from './reading.js';

export interface FacetsQuestion {
  range: Interval;
  now: Micros;
  /** Fields that are counted among the same events. Those of the first group are the answer's total. */
  groups: readonly FacetGroup[];
  contains: string | undefined;
  limit: number;
}

export interface FacetGroup {
  query: Query;
  fields: readonly FacetField[];
}

export interface FacetsRead extends Reach {
  total: number;
  /** By the name of the field. */
  facets: Map<string, FacetCounts>;
}

/** Counts values of fields: from what is kept when all events are counted, else by walking through them. */
@Injectable()
export class FacetsRepository {
  /** `budgetMs`: how long may be counted. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly budgetMs: number = walkBudgetMs,
  ) {}

  facets(tenantId: number, question: FacetsQuestion): Promise<FacetsRead> {
    const read = async (sql: Sql) => {
      const deadline = performance.now() + this.budgetMs;
      const reads = new Map<FacetGroup, FacetsRead>();
      // Those that need no walk leave their share of the time to the others.
      const { groups } = question;
      const inOrder = groups.toSorted((one, other) => Number(isKeptOnly(other)) - Number(isKeptOnly(one)));
      for (const [n, group] of inOrder.entries()) {
        const budgetMs = (deadline - performance.now()) / (groups.length - n);
        reads.set(group, await readGroup(sql, { ...question, tenantId, budgetMs, group }));
      }
      const all = groups.flatMap((group) => reads.get(group) ?? []);
      return {
        total: all[0]?.total ?? 0,
        facets: new Map(all.flatMap(({ facets }) => [...facets])),
        end: leastReached(all.map(({ end }) => end)),
        isIndexing: all.some(({ isIndexing }) => isIndexing),
      };
    };
    return this.database.inTenant(tenantId, read, readOptions);
  }
}

function isKeptOnly({ query, fields }: FacetGroup): boolean {
  return isEverything(query) && fields.every(({ name }) => isKept(name));
}

interface GroupQuestion extends Pick<FacetsQuestion, 'range' | 'now' | 'contains' | 'limit'> {
  tenantId: number;
  group: FacetGroup;
  budgetMs: number;
}

async function readGroup(sql: Sql, question: GroupQuestion): Promise<FacetsRead> {
  const { query, fields } = question.group;
  const deadline = performance.now() + question.budgetMs;
  const kept = isEverything(query)
    ? await readInTime(sql, question.budgetMs, () => readKept(sql, question))
    : undefined;
  const others = kept ? fields.filter(({ name }) => !isKept(name)) : fields;
  if (kept && others.length === 0) return kept;
  const budgetMs = deadline - performance.now();
  const walked = await walkThrough(sql, { ...question, budgetMs, group: { query, fields: others } });
  return kept
    ? { ...walked, total: kept.total, facets: new Map([...kept.facets, ...walked.facets]) }
    : walked;
}

/** Undefined when the edges have too many events. */
async function readKept(
  sql: Sql,
  { tenantId, group, ...wanted }: GroupQuestion,
): Promise<FacetsRead | undefined> {
  const fields = group.fields.map(({ name }) => name).filter(isKept);
  const { rows } = await sql.query<KeptFacets>(keptFacets(tenantId, { ...wanted, fields }));
  const [kept] = rows;
  if (!kept || !mayBeRead(kept.edge_events)) return undefined;
  const total = Number(kept.total ?? 0);
  const sums = new Map(Object.entries(kept.sums));
  const facets = fields.map((field) => {
    const own = kept.values.filter(([name]) => name === field);
    const counts: FacetCounts = {
      values: own.map(([, value, count]) => ({ value, count })),
      others: (own[0]?.[3] ?? 0) - own.length,
      missing: total - (sums.get(field === 'tag' ? 'tagged' : field) ?? 0),
      hasMoreValues: false,
    };
    return [field, counts] as const;
  });
  return { total, facets: new Map(facets), end: { end: 'range', reached: undefined }, isIndexing: false };
}

async function walkThrough(
  sql: Sql,
  { tenantId, group: { query, fields }, range, contains, limit, budgetMs }: GroupQuestion,
): Promise<FacetsRead> {
  const tally = new FacetsTally(fields.length);
  const end = await walk<WalkedFacets>(
    sql,
    {
      tenantId,
      query,
      range: { from: microsText(range.from), to: microsText(range.to) },
      order: 'newest',
      budgetMs,
      columns: (bind) =>
        Object.fromEntries(fields.map((field, place) => [columnOf(place), field.column(bind)])),
      select: (bind) => countFacets(fields, { mostValues: mostValues(fields.length), text: contains, bind }),
    },
    (rows) => {
      for (const row of rows) tally.add(row);
      return 'more';
    },
  );
  const facets = fields.map(({ name }, place) => {
    const counts =
      name === 'integration' ? ofIntegrations(tally, place, { contains, limit }) : tally.counts(place, limit);
    return [name, counts] as const;
  });
  return {
    total: tally.total,
    facets: new Map(facets),
    end,
    isIndexing: await isIndexing(sql, tenantId, query),
  };
}

/** Their numbers are told as ids, and it is in these that a text is looked for. */
function ofIntegrations(
  tally: FacetsTally,
  place: number,
  { contains, limit }: Pick<FacetsQuestion, 'contains' | 'limit'>,
): FacetCounts {
  return tally.counts(place, limit, (value) => {
    const id = encodeId('int', value);
    return contains === undefined || id.includes(contains.toLowerCase()) ? id : undefined;
  });
}
