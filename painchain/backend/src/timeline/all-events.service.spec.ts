import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem/problem-error.js';
import { AllEventsService } from './all-events.service.js';
import type { Page } from './page.js';
import type { TimelineRepository } from './timeline.repository.js';

interface Room {
  /** Events of which the data has room in one page. */
  held: number;
  /** Events that there is time to read. */
  timely: number;
}

/** As many events, of which a page holds only so many, and the limits that were asked for. */
function stored(count: number, { held, timely }: Room) {
  const limits: number[] = [];
  const fullPage = async (_tenantId: number, { limit, cursor }: Page) => {
    limits.push(limit);
    await Promise.resolve();
    if (limit > timely) throw new ProblemError('query-timeout', 'Narrow the time range.');
    const first = cursor ? Number(cursor.seq) - 1 : count;
    const length = Math.min(limit, held, first);
    const rows = Array.from({ length }, (_, n) => ({ seq: String(first - n), timestamp: 't', refs: [] }));
    return { rows, goesOn: first > length, isIndexing: false };
  };
  const lastSeq = () => Promise.resolve(BigInt(count));
  return { limits, service: new AllEventsService({ fullPage, lastSeq } as unknown as TimelineRepository) };
}

async function countOf({ service }: ReturnType<typeof stored>): Promise<number> {
  let count = 0;
  for await (const { length } of service.events(1, { order: 'newest' })) count += length;
  return count;
}

describe('all events of a question', () => {
  it('come in pages that there is time for, however large the events are', async () => {
    const all = stored(60, { held: Infinity, timely: 10 });
    expect(await countOf(all)).toBe(60);
    expect(all.limits.slice(0, 6)).toEqual([500, 125, 32, 8, 16, 4]);
  });

  it('are not read again and again where a page has no room for them', async () => {
    const all = stored(400, { held: 20, timely: Infinity });
    expect(await countOf(all)).toBe(400);
    expect(all.limits).toEqual([500, ...Array.from({ length: 19 }, () => 40)]);
  });

  it('are a problem where there is no time for a single one', async () => {
    const all = stored(3, { held: Infinity, timely: 0 });
    await expect(countOf(all)).rejects.toMatchObject({ code: 'query-timeout' });
  });
});
