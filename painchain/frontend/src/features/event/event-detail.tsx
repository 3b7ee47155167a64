import { Tabs } from '@base-ui/react/tabs';
import type { StoredEvent } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ExternalLink, Link as LinkIcon, X } from 'lucide-react';
import { connectorTypesQuery, eventQuery } from '../../api/queries.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import { Instant } from '../../components/instant.js';
import { ProblemBox } from '../../components/problem-box.js';
import { safeHref } from '../../components/safe-url.js';
import { StatusMark } from '../../components/status-mark.js';
import { toneOf } from '../../components/tone.js';
import { EventFields } from './event-fields.js';
import { EventRaw } from './event-raw.js';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

export type EventDetailProps = {
  id: string;
  search: HomeSearch;
  change: HomeChange;
  /** Which parts are unfolded, by event and path; survives leaving the event and coming back. */
  folds: Map<string, boolean>;
  /** What happened around a moment, laid out for the panel. */
  around(at: string): ReactNode;
};

/** Everything about one event. */
export function EventDetail(props: EventDetailProps) {
  const query = useQuery(eventQuery(props.id));
  return (
    <article className="flex h-full min-h-0 flex-col" aria-label="Event" aria-busy={query.isPending}>
      <DetailHead event={query.data} onClose={props.change.close} />
      {query.isPending && (
        <div className="flex flex-col gap-3 p-4" role="status" aria-label="Loading the event">
          <span className="skeleton w-3/4" />
          <span className="skeleton w-1/2" />
          <span className="skeleton w-2/3" />
        </div>
      )}
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

function DetailHead({ event, onClose }: { event: StoredEvent | undefined; onClose(): void }) {
  const source = event?.url ? safeHref(event.url) : undefined;
  return (
    <header className="border-b border-line p-4 pb-3">
      <div className="flex items-start gap-1">
        <h2 className="min-w-0 flex-1 text-base leading-snug font-semibold break-words">
          <bdi>{event?.title ?? 'Event'}</bdi>
        </h2>
        <CopyButton
          text={() => location.href}
          label="Copy a link to this event"
          icon={<LinkIcon size={16} />}
        />
        <IconButton label="Close (Esc)" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </div>
      {event && (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {event.status !== null && <StatusMark tone={toneOf(event.status)} word={event.status} />}
          <bdi className="break-all">{event.project}</bdi>
          <ConnectorMark type={event.connector} />
          {event.actor !== null && (
            <span>
              <span className="text-muted">by </span>
              <bdi>{event.actor}</bdi>
            </span>
          )}
          <span className="w-full">
            <Instant at={event.timestamp} exact />
            {event.time_precision === 'gap' && (
              <span className="text-muted"> · at some time before this</span>
            )}
          </span>
          {source !== undefined && (
            <a href={source} target="_blank" rel="noopener noreferrer" className="button">
              <ExternalLink size={14} aria-hidden="true" /> Open source
            </a>
          )}
        </div>
      )}
    </header>
  );
}

function DetailBody({ event, ...props }: EventDetailProps & { event: StoredEvent }) {
  const types = useQuery(connectorTypesQuery);
  const schemas = types.data?.find((type) => type.type === event.connector)?.event_schemas;
  const schema =
    event.type !== null && schemas && Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
  return (
    <Tabs.Root
      value={props.search.tab ?? 'overview'}
      onValueChange={(tab) => props.change.tab(tab === 'raw' ? 'raw' : 'overview')}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List className="tabs" aria-label="Views of the event">
        <Tabs.Tab value="overview" className="tab">
          Overview
        </Tabs.Tab>
        <Tabs.Tab value="raw" className="tab">
          Raw
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview" className="tab-panel" data-scrolls>
        <EventFields event={event} schema={schema} folds={props.folds} onEdit={props.change.edit} />
      </Tabs.Panel>
      <Tabs.Panel value="raw" className="tab-panel" data-scrolls>
        <EventRaw event={event} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
