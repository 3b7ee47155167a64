import type { StoredEvent } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import {
  ChevronDown,
  ChevronUp,
  ExternalLink,
  Link as LinkIcon,
  Maximize2,
  Minimize2,
  X,
} from 'lucide-react';
import { useContext } from 'react';
import { CommandsContext } from '../../components/commands.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import { Instant } from '../../components/instant.js';
import { safeHref } from '../../components/safe-url.js';
import { StatusMark } from '../../components/status-mark.js';

/** Whether the panel takes all the room there is; undefined where it always does. */
export type Fullness = { isFull: boolean; onFull(full: boolean): void };

type Props = { event: StoredEvent | undefined; fullness: Fullness | undefined; onClose(): void };

/** What happened, how it ended, who did it and when; and what can be done with all of it. */
export function DetailHead({ event, fullness, onClose }: Props) {
  return (
    <header className="detail-head">
      {/* A long title goes on below the buttons. */}
      <div className="float-right -mt-1 ml-2 flex">
        <Neighbours />
        {fullness && (
          <IconButton
            label={fullness.isFull ? 'Beside the list (f)' : 'Full width (f)'}
            onClick={() => fullness.onFull(!fullness.isFull)}
          >
            {fullness.isFull ? <Minimize2 size={15} /> : <Maximize2 size={15} />}
          </IconButton>
        )}
        <IconButton label="Close (Esc)" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </div>
      <h2 className="text-base leading-snug font-semibold break-words">
        <bdi>{event?.title ?? 'Event'}</bdi>
      </h2>
      {event && <HeadFacts event={event} />}
    </header>
  );
}

/** The page's own keys, for those who would rather press a button. */
function Neighbours() {
  const registry = useContext(CommandsContext);
  return (
    <>
      <IconButton label="Previous event (k)" onClick={() => registry.byKey('k')?.run?.()}>
        <ChevronUp size={16} />
      </IconButton>
      <IconButton label="Next event (j)" onClick={() => registry.byKey('j')?.run?.()}>
        <ChevronDown size={16} />
      </IconButton>
    </>
  );
}

function HeadFacts({ event }: { event: StoredEvent }) {
  const source = event.url === null ? undefined : safeHref(event.url);
  return (
    <div className="clear-both flex flex-wrap items-center gap-x-3 gap-y-1.5">
      {event.status !== null && <StatusMark tone={toneOf(event.status)} word={event.status} />}
      <bdi className="break-all">{event.project}</bdi>
      <ConnectorMark type={event.connector} />
      {event.actor !== null && (
        <span>
          <span className="text-muted">by </span>
          <bdi>{event.actor}</bdi>
        </span>
      )}
      <span className="flex w-full items-center justify-between gap-2">
        <span>
          <Instant at={event.timestamp} exact />
          {event.time_precision === 'gap' && <span className="text-muted"> · at some time before this</span>}
        </span>
        <CopyButton
          text={() => location.href}
          label="Copy a link to this event (c)"
          icon={<LinkIcon size={15} />}
        />
      </span>
      {source !== undefined && (
        <a href={source} target="_blank" rel="noopener noreferrer" className="button">
          <ExternalLink size={14} aria-hidden="true" /> Open source
        </a>
      )}
    </div>
  );
}
