import type { StoredEvent, TimelinePage } from '@painchain/contract';
import { print } from '@painchain/query';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { has } from '../../address/conditions.js';
import { apiUrl, getJson } from '../../api/client.js';
import { eventQuery } from '../../api/queries.js';
import { Instant } from '../../components/instant.js';
import { ProblemBox } from '../../components/problem-box.js';
import { ChangeList } from '../../json-renderer/change-list.js';
import { changesIn, fieldDiff } from '../../json-renderer/changes.js';
import { type TabProps, useFieldDoings } from './overview-tab.js';
import { TabSkeleton } from './tab-skeleton.js';

/** What the event itself says that changed, and what differs from the event before it. */
export function ChangesTab(props: TabProps) {
  const { event, schema, folds } = props;
  const { actions, menu, onRef } = useFieldDoings(props);
  const own = useMemo(() => changesIn(event.data, schema), [event, schema]);
  const shared = { scope: event.id, folds, actions, onRef };
  return (
    <>
      <h3 className="fields-title">Before and after</h3>
      <div className="changes">
        {own.length > 0 ? (
          <ChangeList changes={own} {...shared} label="What this event changed" />
        ) : (
          <p className="text-muted">The event itself names no values before and after.</p>
        )}
      </div>
      <h3 className="fields-title">Since the previous event of this subject</h3>
      <div className="changes">
        {event.subject === null ? (
          <p className="text-muted">
            The event names no subject, so there is no earlier one to compare it with.
          </p>
        ) : (
          <SincePrevious {...props} subject={event.subject} shared={shared} />
        )}
      </div>
      {menu}
    </>
  );
}

function usePrevious({ id, timestamp }: StoredEvent, subject: string) {
  const found = useQuery({
    queryKey: ['previous', id],
    queryFn: ({ signal }) => {
      const q = print(has({ name: 'subject' }, subject));
      return getJson<TimelinePage>(apiUrl('/timeline', { q, to: timestamp, limit: 1 }), signal);
    },
    staleTime: 60_000,
  });
  const previousId = found.data?.rows[0]?.id;
  const event = useQuery({ ...eventQuery(previousId ?? ''), enabled: previousId !== undefined });
  const noneBecause = found.data && (found.data.capped?.detail ?? 'This is the first event of its subject.');
  return { found, event, noneBecause: previousId === undefined ? noneBecause : undefined };
}

type SinceProps = TabProps & {
  subject: string;
  shared: Omit<Parameters<typeof ChangeList>[0], 'changes' | 'label'>;
};

function SincePrevious({ event, subject, schema, shared, change }: SinceProps) {
  const previous = usePrevious(event, subject);
  const before = previous.event.data;
  const changes = useMemo(
    () => (before ? fieldDiff(before.data, event.data, schema) : []),
    [before, event, schema],
  );
  if (previous.noneBecause !== undefined) return <p className="text-muted">{previous.noneBecause}</p>;
  const failed = [previous.found, previous.event].find(({ isError }) => isError);
  if (failed) {
    return (
      <ProblemBox
        error={failed.error}
        what="The previous event could not be loaded"
        onRetry={() => void failed.refetch()}
      />
    );
  }
  if (!before) return <TabSkeleton label="Loading the previous event" />;
  return (
    <>
      <p className="pb-2">
        <button type="button" className="text-button text-left" onClick={() => change.set({ e: before.id })}>
          <bdi>{before.title}</bdi>
        </button>{' '}
        <span className="text-muted">
          <Instant at={before.timestamp} exact />
        </span>
      </p>
      {changes.length > 0 ? (
        <ChangeList changes={changes} {...shared} label="What differs from the previous event" />
      ) : (
        <p className="text-muted">Its data is the same.</p>
      )}
    </>
  );
}
