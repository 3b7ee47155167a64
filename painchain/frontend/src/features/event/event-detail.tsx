import { Tabs } from '@base-ui/react/tabs';
import type { JsonObject, StoredEvent } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useMemo } from 'react';
import { type HomeSearch, type Tab, tabs } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { connectorTypesQuery, eventQuery } from '../../api/queries.js';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { ProblemBox } from '../../components/problem-box.js';
import { changesIn } from '../../json-renderer/changes.js';
import { ChangesTab } from './changes-tab.js';
import { DetailCommands } from './detail-commands.js';
import { DetailHead, type Fullness } from './detail-head.js';
import { OverviewTab, type TabProps } from './overview-tab.js';
import { RawTab } from './raw-tab.js';
import { RelatedTab } from './related-tab.js';
import { TabSkeleton } from './tab-skeleton.js';

export type EventDetailProps = {
  id: string;
  search: HomeSearch;
  change: HomeChange;
  /** Which parts are unfolded, by event and path; survives leaving the event and coming back. */
  folds: Map<string, boolean>;
  fullness: Fullness | undefined;
  /** What happened around a moment, laid out for the panel. */
  around(at: string): ReactNode;
};

/** Everything about one event. */
export function EventDetail({ id, fullness, ...props }: EventDetailProps) {
  const query = useQuery(eventQuery(id));
  return (
    <article className="event-panel" aria-label="Event" aria-busy={query.isPending}>
      <DetailHead event={query.data} fullness={fullness} onClose={props.change.close} />
      <DetailCommands event={query.data} fullness={fullness} change={props.change} />
      {query.isPending && <TabSkeleton label="Loading the event" />}
      {query.isError && !query.data && (
        <div className="p-4">
          <ProblemBox
            error={query.error}
            what="This event could not be loaded"
            onRetry={() => void query.refetch()}
          />
        </div>
      )}
      {query.data && <DetailBody {...props} event={query.data} />}
    </article>
  );
}

const tabNames: Record<Tab, string> = {
  overview: 'Overview',
  changes: 'Changes',
  around: 'Around',
  related: 'Related',
  raw: 'Raw',
};

type BodyProps = Omit<EventDetailProps, 'id' | 'fullness'> & { event: StoredEvent };

function DetailBody({ event, around, ...props }: BodyProps) {
  const schema = useSchemaOf(event);
  const changes = useMemo(() => changesIn(event.data, schema).length, [event, schema]);
  const shared: TabProps = { event, schema, ...props };
  const shown: Record<Tab, () => ReactNode> = {
    overview: () => <OverviewTab {...shared} />,
    changes: () => <ChangesTab {...shared} />,
    around: () => around(event.timestamp),
    related: () => <RelatedTab event={event} change={props.change} />,
    raw: () => <RawTab event={event} folds={props.folds} />,
  };
  return (
    <Tabs.Root
      value={props.search.tab ?? 'overview'}
      onValueChange={(value) => props.change.tab(tabs.find((tab) => tab === value) ?? 'overview')}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List className="tabs" aria-label="Views of the event" activateOnFocus>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab} className="tab">
            {tabNames[tab]}
            {tab === 'changes' && changes > 0 && ` (${changes})`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} className="tab-panel" data-scrolls>
          <ErrorBoundary fallback={<p className="p-4 text-muted">This cannot be shown; see Raw.</p>}>
            <Suspense fallback={<TabSkeleton label="Loading" />}>{shown[tab]()}</Suspense>
          </ErrorBoundary>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

/** What its connector says of events of this type. */
function useSchemaOf({ connector, type }: StoredEvent): JsonObject | undefined {
  const types = useQuery(connectorTypesQuery);
  const schemas = types.data?.find((each) => each.type === connector)?.event_schemas;
  return type !== null && schemas && Object.hasOwn(schemas, type) ? schemas[type] : undefined;
}
