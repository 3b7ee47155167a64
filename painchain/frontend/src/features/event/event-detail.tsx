import { Tabs } from '@base-ui/react/tabs';
import type { JsonObject, StoredEvent } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react';
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
import { tabNames } from './tab-names.js';
import { TabSkeleton } from './tab-skeleton.js';

type EventDetailProps = {
  id: string;
  search: HomeSearch;
  change: HomeChange;
  /** Which parts are unfolded, by event and path; survives leaving the event and coming back. */
  folds: Map<string, boolean>;
  fullness: Fullness | undefined;
  onClose(): void;
  /** What happened around a moment, laid out for the panel. */
  renderAround(at: string): ReactNode;
};

/** Everything about one event. */
export function EventDetail({ id, fullness, onClose, ...props }: EventDetailProps) {
  const query = useQuery(eventQuery(id));
  const panel = useRef<HTMLElement>(null);
  const isFull = fullness?.isFull ?? false;
  // What led here from inside the panel is gone, or covered by it, and the focus with it.
  useEffect(() => {
    const { activeElement, body } = document;
    const isCovered = isFull && !panel.current?.contains(activeElement);
    if (activeElement === body || isCovered) panel.current?.focus({ preventScroll: true });
  }, [isFull]);
  return (
    <article ref={panel} tabIndex={-1} className="event-panel" aria-label="Event" aria-busy={query.isPending}>
      <DetailHead event={query.data} fullness={fullness} onClose={onClose} />
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

type BodyProps = Omit<EventDetailProps, 'id' | 'fullness' | 'onClose'> & { event: StoredEvent };

function DetailBody(props: BodyProps) {
  const { event, search, change } = props;
  const schema = useSchemaOf(event);
  const changes = useMemo(() => changesIn(event.data, schema).length, [event, schema]);
  return (
    <Tabs.Root
      value={search.tab ?? 'overview'}
      onValueChange={(value) => change.tab(tabs.find((tab) => tab === value) ?? 'overview')}
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
            <Suspense fallback={<TabSkeleton label="Loading" />}>
              <TabContent tab={tab} {...props} schema={schema} />
            </Suspense>
          </ErrorBoundary>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

/** Only the tab that is shown is there, so the others ask for nothing. */
function TabContent({ tab, renderAround, ...props }: BodyProps & TabProps & { tab: Tab }): ReactNode {
  switch (tab) {
    case 'overview':
      return <OverviewTab {...props} />;
    case 'changes':
      return <ChangesTab {...props} />;
    case 'around':
      return renderAround(props.event.timestamp);
    case 'related':
      return <RelatedTab {...props} />;
    case 'raw':
      return <RawTab {...props} />;
  }
}

/** What its connector says of events of this type. */
function useSchemaOf({ connector, type }: StoredEvent): JsonObject | undefined {
  const types = useQuery(connectorTypesQuery);
  const schemas = types.data?.find((each) => each.type === connector)?.event_schemas;
  return type !== null && schemas && Object.hasOwn(schemas, type) ? schemas[type] : undefined;
}
