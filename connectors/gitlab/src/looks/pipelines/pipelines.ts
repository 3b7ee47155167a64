import { z } from 'zod';
import { ChangedMark, changedPages, markFrom, windowStart } from '../changed-pages.js';
import { defineLook } from '../look.js';
import { portions } from '../portions.js';
import { LedgerState, PipelineLedger } from './pipeline-ledger.js';
import { openNews, pipelineNews } from './pipeline-news.js';

/** What is under way and isn't listed for so long is asked for, one at each look. */
const askedAfterMs = 10 * 60_000;
/** What has stood still for longer is stuck, and no reason to look again soon. */
const busyMs = 86_400_000;

const PipelinesState = z.object({ mark: ChangedMark, known: LedgerState });
type PipelinesState = z.infer<typeof PipelinesState>;

/**
 * Pipelines as they start and as they end; a retried one ends again. Each of its states touches a pipeline, so the list
 * of what has changed shows them all, but for the pipelines that others have started in the same project: what failed
 * in those is told with the one that has started them.
 */
export const pipelines = defineLook<PipelinesState>({
  name: 'pipelines',
  kind: 'pipeline',
  state: PipelinesState,
  async *look(round, known) {
    const ledger = new PipelineLedger(known?.known);
    const since = windowStart(round, known?.mark);
    let mark = known?.mark;
    const changed = changedPages(round, { what: 'pipelines', name: 'pipelines' }, mark);
    for await (const page of portions(changed, round, mark)) {
      const events = [];
      for (const item of page.items) events.push(...(await pipelineNews(round, ledger, item, since)));
      mark = markFrom(page.mark, ledger.oldest);
      if (events.length > 0) yield { events, state: { mark, known: ledger.state } };
    }
    if (mark === undefined) return;
    const at = Date.parse(round.at);
    const [quiet] = ledger.open.filter(({ touched, asked }) => at - Math.max(touched, asked) >= askedAfterMs);
    const events = quiet ? await openNews(round, ledger, quiet.id, since) : [];
    const busy = ledger.open.some(({ touched }) => at - touched < busyMs);
    yield { events, state: { mark, known: ledger.state }, busy };
  },
});
