import { projectOf } from '../data/event.js';
import { words } from '../data/vocabulary.js';
import type { Question, Read } from './read.js';
import type { Suite } from './suite.js';

const pageRows = 50;
const columns = `e.seq, e.title, e.connector, e.project, e.timestamp, e.received_at, e.type, e.status, e.actor, e.url,
  e.environment, e.severity, e.subject, e.tags, e.refs, e.time_gap, e.backfill, e.integration_id`;
const newestFirst = `order by e.timestamp desc, e.seq desc limit ${pageRows}`;
const ofTenant = `select ${columns} from events e where e.tenant_id = 1`;

interface Page {
  rows: { timestamp: string; refs: string[] }[];
  next_cursor: string | null;
}

/** A page of the timeline; `parameters` narrow it, `sql` is the same by hand. */
function page(parameters: Record<string, string>, sql: string, values: unknown[] = []): Question {
  return {
    path: `/timeline?${new URLSearchParams({ limit: String(pageRows), ...parameters }).toString()}`,
    sql,
    values,
    sizeOf: ({ rows }: Page) => rows.length,
    sizeOfRows: (rows) => rows.length,
  };
}

/** Words that few events have: from the index of words to their events. */
const byWords = `select ${columns} from event_words w join events e on e.tenant_id = w.tenant_id and e.seq = w.seq
  where w.tenant_id = 1 and w.words @@ $1::tsquery order by w.timestamp desc, w.seq desc limit ${pageRows}`;
/** Words that many have: along the timeline, until the page is full. */
const alongTheTimeline = `select ${columns} from events e cross join lateral (
    select from event_words w where w.tenant_id = 1 and w.seq = e.seq and w.words @@ $1::tsquery offset 0
  ) as matching where e.tenant_id = 1 ${newestFirst}`;

/** The place behind so many pages, as a client gets there. */
async function follow({ stage: { api } }: Suite, pages: number): Promise<{ cursor: string; at: string }> {
  const steps = Math.ceil((pages * pageRows) / 200);
  let cursor: string | undefined;
  let at = '';
  for (let step = 0; step < steps; step++) {
    const query = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) });
    const { rows, next_cursor } = await api.read<Page>(`/timeline?${query.toString()}`);
    if (next_cursor === null) break;
    cursor = next_cursor;
    at = rows.at(-1)?.timestamp ?? at;
  }
  if (cursor === undefined) throw new Error('the timeline has one page only');
  return { cursor, at };
}

/** A commit that is neither the newest nor forgotten. */
async function someCommit({ stage: { api } }: Suite): Promise<string> {
  const { rows } = await api.read<Page>('/timeline?limit=200');
  const ref = rows.at(-1)?.refs.find((each) => each.startsWith('commit:'));
  if (ref === undefined) throw new Error('an event has no commit');
  return ref;
}

export const pages: Read[] = [
  { name: 'newest', p95AtMost: 10, ask: () => page({}, `${ofTenant} ${newestFirst}`) },
  {
    name: 'page-1000',
    ask: async (suite) => {
      const { cursor, at } = await follow(suite, 999);
      return page({ cursor }, `${ofTenant} and e.timestamp < $1 ${newestFirst}`, [at]);
    },
  },
  {
    name: 'project',
    ask: () =>
      page({ project: projectOf(20) }, `${ofTenant} and e.project = $1 ${newestFirst}`, [projectOf(20)]),
  },
  {
    name: 'filter',
    ask: () =>
      page(
        { connector: 'github', status: 'failure' },
        `${ofTenant} and e.connector = 'github' and e.status = 'failure' ${newestFirst}`,
      ),
  },
  {
    name: 'no-match',
    ask: () =>
      page(
        { connector: 'git', status: 'failure' },
        `${ofTenant} and e.connector = 'git' and e.status = 'failure' ${newestFirst}`,
      ),
  },
  {
    name: 'no-match-data',
    ask: () =>
      page(
        { q: 'data.absent:yes' },
        `${ofTenant} and jsonb_path_exists(e.data, '$.absent ? (@ == "yes")', '{}', true) ${newestFirst}`,
      ),
  },
  {
    name: 'rare-word',
    p50AtMost: 15,
    ask: () => page({ q: words.rare }, byWords, [`'1.${words.rare}'`]),
  },
  {
    name: 'common-word',
    ask: () => page({ q: words.common }, alongTheTimeline, [`'1.${words.common}'`]),
  },
  {
    name: 'prefix',
    ask: () => page({ q: `${words.prefix}*` }, byWords, [`'1.${words.prefix}':*`]),
  },
  {
    name: 'no-match-word',
    ask: () => page({ q: words.absent }, byWords, [`'1.${words.absent}'`]),
  },
  {
    name: 'ref',
    p50AtMost: 10,
    ask: async (suite) => {
      const ref = await someCommit(suite);
      return page(
        { q: `ref:${ref}` },
        `select ${columns} from event_refs r join events e on e.tenant_id = r.tenant_id and e.seq = r.seq
         where r.tenant_id = 1 and r.ref = $1 order by r.timestamp desc, r.seq desc limit ${pageRows}`,
        [ref],
      );
    },
  },
];
