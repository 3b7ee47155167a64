import { useQuery } from '@tanstack/react-query';
import { lazy, useRef, useState } from 'react';
import { isReadable } from '../../address/asked.js';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { connectorTypesQuery, integrationsQuery } from '../../api/queries.js';
import { classNames } from '../../components/class-names.js';
import { useCommands } from '../../components/commands.js';
import { HoverContext, HoverStore } from '../../components/hovered.js';
import { Loaded } from '../../components/loaded.js';
import { PageFrame } from '../../components/page-frame.js';
import { useIsNarrow } from '../../components/use-media.js';
import { AskBar } from '../../features/ask/ask-bar.js';
import { Facets } from '../../features/facets/facets.js';
import { LiveBadge, type LiveView } from '../../features/timeline/live-badge.js';
import { Notices } from '../../features/timeline/notices.js';
import { TimelineBody } from '../../features/timeline/timeline-body.js';
import type { GridHandle } from '../../features/timeline/timeline-grid.js';
import { orderOf } from '../../features/timeline/order.js';
import { useGoneSince } from '../../features/timeline/use-gone-since.js';
import { usePause } from '../../features/timeline/use-pause.js';
import { useTimeline } from '../../features/timeline/use-timeline.js';
import { ShareMenu } from '../../features/views/share-menu.js';
import { useViewSuggestions } from '../../features/views/use-views.js';
import { ViewMenu } from '../../features/views/view-menu.js';
import { DetailPlace } from './detail-place.js';
import { TimelineHead } from './timeline-head.js';

const AroundView = lazy(() =>
  import('../../features/around/around-view.js').then((module) => ({ default: module.AroundView })),
);

type Props = { search: HomeSearch; change: HomeChange };

const healthEveryMs = 10_000;

/** The timeline with everything around it. */
export function HomeView({ search, change }: Props) {
  const narrow = useIsNarrow();
  const grid = useRef<GridHandle>(null);
  const [folds] = useState(() => new Map<string, boolean>());
  const [hovered] = useState(() => new HoverStore());
  const [isFull, setFull] = useState(false);
  if (isFull && search.e === undefined) setFull(false);
  const pause = usePause(search.e, () => grid.current?.toTop());
  const timeline = useTimeline(search, pause.paused, pause.reading);
  const { query, live } = timeline;
  const integrations = useQuery(integrationsQuery(healthEveryMs));
  const types = useQuery(connectorTypesQuery);
  const goneSince = useGoneSince(integrations, live.state);
  const tail = query.data || !isReadable(search) ? live.state : 'connecting';
  const view: LiveView = {
    tail: goneSince !== undefined && tail !== 'off' ? 'gone' : tail,
    paused: pause.paused,
    news: live.news,
    lagSeconds: live.lagSeconds,
    stillBecause: orderOf(search).stillBecause,
    onToggle: pause.toggle,
  };
  const close = () => {
    change.close();
    if (search.e !== undefined) grid.current?.focusRow(search.e);
  };

  const tools = (
    <>
      <ViewMenu search={search} change={change} />
      <ShareMenu search={search} />
    </>
  );

  return (
    <PageFrame title="Timeline" live={<LiveBadge {...view} />}>
      <HoverContext value={hovered}>
        <PageCommands onToggle={view.onToggle} onClose={search.e === undefined ? undefined : close} />
        <h1 className="sr-only">Timeline</h1>
        <AskBar search={search} change={change} suggestions={useViewSuggestions(change)} />
        <Notices goneSince={goneSince} integrations={integrations.data ?? []} />
        {search.at === undefined && (
          <TimelineHead
            search={search}
            change={change}
            timeline={timeline}
            view={view}
            narrow={narrow}
            tools={tools}
          />
        )}
        <div
          className={classNames(
            'home-split flex min-h-0 flex-1',
            search.e !== undefined && 'home-beside',
            isFull && !narrow && 'home-covered',
          )}
        >
          {search.at === undefined ? (
            <>
              {!narrow && <Facets search={search} change={change} />}
              <TimelineBody
                timeline={timeline}
                search={search}
                change={change}
                integrations={integrations}
                types={types.data ?? []}
                gridRef={grid}
                pause={pause}
              />
            </>
          ) : (
            <Loaded>
              <AroundView at={search.at} search={search} change={change} tools={tools} />
            </Loaded>
          )}
          <DetailPlace
            search={search}
            change={change}
            folds={folds}
            narrow={narrow}
            isFull={isFull}
            onFull={setFull}
            onClose={close}
          />
        </div>
      </HoverContext>
    </PageFrame>
  );
}

function PageCommands({ onToggle, onClose }: { onToggle(): void; onClose: (() => void) | undefined }) {
  useCommands([
    { id: 'live', title: 'Pause or resume live', section: 'Timeline', keys: ['l'], run: onToggle },
    { id: 'close', title: 'Close the event', section: 'Event', keys: ['Escape'], run: onClose },
  ]);
  return null;
}
