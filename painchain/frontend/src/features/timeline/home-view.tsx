import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { connectorTypesQuery, integrationsQuery, projectsQuery } from '../../api/queries.js';
import { PageFrame } from '../../components/page-frame.js';
import { useIsNarrow } from '../../components/use-media.js';
import { CountRow } from './count-row.js';
import { DetailPlace } from './detail-place.js';
import { LiveBadge } from './live-badge.js';
import { Notices } from './notices.js';
import { QueryPlace } from './query-place.js';
import { TimelineBody } from './timeline-body.js';
import type { GridHandle } from './timeline-grid.js';
import type { HomeChange } from './use-home-search.js';
import type { HomeSearch } from './search.js';
import { useActiveRow } from './use-active-row.js';
import { useGoneSince } from './use-gone-since.js';
import { usePause } from './use-pause.js';
import { useTimeline } from './use-timeline.js';

const healthEveryMs = 10_000;

/** The timeline with everything around it. */
export function HomeView({ search, change }: { search: HomeSearch; change: HomeChange }) {
  const narrow = useIsNarrow();
  const grid = useRef<GridHandle>(null);
  const [folds] = useState(() => new Map<string, boolean>());
  const [activeId, setActiveId] = useState<string>();
  const pause = usePause(search.e ?? activeId, () => grid.current?.toTop());
  const timeline = useTimeline(search, pause.paused);
  const { query, rows, live } = timeline;
  const integrations = useQuery(integrationsQuery(healthEveryMs));
  const types = useQuery(connectorTypesQuery);
  const projects = useQuery(projectsQuery);
  const goneSince = useGoneSince(integrations, live.state);
  const queryPlace = useRef<HTMLDivElement>(null);
  const tail = query.data ? live.state : 'connecting';
  const view = {
    tail: goneSince !== undefined && tail !== 'off' ? ('gone' as const) : tail,
    paused: pause.paused,
    news: live.news,
    lagSeconds: live.lagSeconds,
    onToggle: () => {
      if (pause.paused) setActiveId(undefined);
      pause.toggle();
    },
  };
  const keys = useActiveRow({ rows, search, change, activeId, setActiveId, grid, narrow });

  return (
    <PageFrame
      title="Timeline"
      live={<LiveBadge {...view} />}
      keys={{ ...keys, l: view.onToggle, '/': () => focusFirst(queryPlace.current) }}
    >
      <h1 className="sr-only">Timeline</h1>
      <div ref={queryPlace}>
        <QueryPlace search={search} change={change} projects={projects} types={types} narrow={narrow} />
      </div>
      <Notices goneSince={goneSince} integrations={integrations.data ?? []} />
      <CountRow
        rows={query.data && rows.length}
        more={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        updatedAt={Math.max(query.dataUpdatedAt, live.updatedAt)}
        live={view}
      />
      <div className="flex min-h-0 flex-1">
        <TimelineBody
          timeline={timeline}
          search={search}
          change={change}
          integrations={integrations}
          types={types.data ?? []}
          activeId={activeId}
          gridRef={grid}
          onScroll={pause.scrolled}
        />
        <DetailPlace search={search} change={change} folds={folds} narrow={narrow} />
      </div>
    </PageFrame>
  );
}

function focusFirst(place: HTMLElement | null): void {
  place?.querySelector<HTMLElement>('input, button')?.focus();
}
