import type { Related, RelatedEvent, StoredEvent } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiUrl, getJson } from '../../api/client.js';
import { ProblemBox } from '../../components/problem-box.js';
import type { TabProps } from './overview-tab.js';
import { type RelatedContext, RelatedRow, RefChips } from './related-row.js';
import { missingWords, nearest, relatedCount, stageNames, titlesOf } from './relation-words.js';
import { TabSkeleton } from './tab-skeleton.js';

const againMs = 30_000;

/**
 * What hangs together with the event: its way from commit to rollout, and what else shares something with it. Whoever
 * follows it comes back by Back.
 */
export function RelatedTab({ event, change }: Pick<TabProps, 'event' | 'change'>) {
  const query = useQuery({
    queryKey: ['related', event.id],
    queryFn: ({ signal }) =>
      getJson<Related>(apiUrl(`/events/${encodeURIComponent(event.id)}/related`), signal),
    staleTime: againMs,
  });
  if (query.isError && !query.data) {
    return (
      <div className="p-4">
        <ProblemBox
          error={query.error}
          what="What is related could not be loaded"
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  if (!query.data) return <TabSkeleton label="Loading what is related" />;
  return <RelatedEvents related={query.data} event={event} change={change} />;
}

type Props = Pick<TabProps, 'change'> & { related: Related; event: StoredEvent };

export function RelatedEvents({ related, event, change }: Props) {
  const titles = titlesOf(related);
  const context: RelatedContext = { event, titleOf: (id) => titles.get(id), change };
  const count = relatedCount(related);
  return (
    <div className="related">
      {count === 0 && <p className="text-muted">Nothing else is known to hang together with this event.</p>}
      <Chain related={related} context={context} />
      {related.others.length > 0 && (
        <section>
          <h3 className="related-title">Others</h3>
          <Rows events={related.others} context={context} />
        </section>
      )}
      {related.capped && (
        <p className="text-muted">
          <bdi>{related.capped.detail}</bdi>
        </p>
      )}
    </div>
  );
}

/** Stages that nothing tells of are left out: a chain says what there is and what should be there. */
function Chain({ related, context }: { related: Related; context: RelatedContext }) {
  const known = related.chain.filter(({ state }) => state !== 'unknown');
  if (known.length === 0) return null;
  return (
    <ol className="chain" aria-label="From commit to rollout">
      {known.map(({ stage, state, refs, events }) => (
        <li key={stage} className={`chain-stage chain-${state}`}>
          <h3 className="chain-title">
            {state === 'missing' ? missingWords(stage) : stageNames[stage]}
            {stage === related.stage && <span className="sr-only">, the stage of this event</span>}
          </h3>
          <RefChips refs={refs} change={context.change} />
          <Rows events={events} context={context} />
        </li>
      ))}
    </ol>
  );
}

/** Rows of one list before somebody asks for all of them. */
const listedAtFirst = 8;

function Rows({ events, context }: { events: readonly RelatedEvent[]; context: RelatedContext }) {
  const [all, setAll] = useState(false);
  if (events.length === 0) return null;
  const shown = all ? events : nearest(events, Date.parse(context.event.timestamp), listedAtFirst);
  return (
    <ul className="related-rows">
      {shown.map((related) => (
        <RelatedRow key={related.row.id} related={related} context={context} />
      ))}
      {shown.length < events.length && (
        <li>
          <button type="button" className="text-button" onClick={() => setAll(true)}>
            Show all {events.length.toLocaleString('en')}, not only the nearest in time
          </button>
        </li>
      )}
    </ul>
  );
}
