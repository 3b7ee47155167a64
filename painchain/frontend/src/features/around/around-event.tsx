import { toneOf } from '@painchain/contract/tone';
import { ChevronRight, LocateFixed } from 'lucide-react';
import { type ReactNode, useContext, useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { HoverContext } from '../../components/hovered.js';
import { IconButton } from '../../components/icon-button.js';
import { isSameMoment, offsetWords, signedOffset } from '../../components/offset.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { exactTime } from '../../components/time-format.js';
import type { Burst, Placed } from './lanes.js';

type Doings = {
  /** The event that is open. */
  openId: string | undefined;
  onOpen(id: string): void;
  onMoment(ms: number): void;
};

/** One event: opened by a press, or made the moment around which everything is shown. */
export function AroundEvent({ event, openId, onOpen, onMoment }: Doings & { event: Placed }) {
  const { row, offsetMs, isFailure } = event;
  const hovered = useContext(HoverContext);
  const ms = Date.parse(row.timestamp);
  const isOpen = row.id === openId;
  return (
    <li
      className={classNames(
        'around-event',
        isSameMoment(offsetMs) && 'around-now',
        isFailure && 'around-bad',
      )}
      onPointerEnter={() => hovered.set({ kind: 'row', atMs: ms })}
      onPointerLeave={() => hovered.set(undefined)}
    >
      <button
        type="button"
        data-around={row.id}
        className="around-open"
        aria-current={isOpen || undefined}
        onClick={() => onOpen(row.id)}
      >
        <Face event={event} actor={row.actor} mark={isOpen && <span className="tag">open</span>} />
      </button>
      <IconButton label="Show what happened around this event instead" onClick={() => onMoment(ms)}>
        <LocateFixed size={14} />
      </IconButton>
    </li>
  );
}

/** Many events of one kind as one row, which unfolds. That with the open event is unfolded anyway. */
export function BurstRow({ burst, ...doings }: Doings & { burst: Burst }) {
  const { first, last, events } = burst;
  const hasOpen = events.some(({ row }) => row.id === doings.openId);
  const [unfolded, setUnfolded] = useState(false);
  const isOpen = unfolded || hasOpen;
  const until = signedOffset(last.offsetMs);
  const isShort = until === signedOffset(first.offsetMs);
  return (
    <>
      <li className={classNames('around-event', first.isFailure && 'around-bad')}>
        <button
          type="button"
          data-around={first.row.id}
          className="around-open"
          aria-expanded={isOpen}
          onClick={() => setUnfolded(!isOpen)}
        >
          <Face
            event={first}
            actor={actorOf(burst)}
            mark={
              <span className="burst-mark">
                <b>×{events.length.toLocaleString('en')}</b>
                {!isShort && ` to ${until}`}
                <ChevronRight
                  size={14}
                  aria-hidden="true"
                  className={classNames('fold-arrow', isOpen && 'rotate-90')}
                />
              </span>
            }
          />
        </button>
      </li>
      {isOpen && events.map((event) => <AroundEvent key={event.row.id} event={event} {...doings} />)}
    </>
  );
}

/** Who did all of it; null where it was not one alone. */
function actorOf({ first, events }: Burst): string | null {
  const { actor } = first.row;
  return events.every(({ row }) => row.actor === actor) ? actor : null;
}

type FaceProps = { event: Placed; actor: string | null; mark: ReactNode };

function Face({ event: { row, offsetMs }, actor, mark }: FaceProps) {
  const zone = useZone();
  return (
    <>
      <span className="around-offset" title={exactTime(Date.parse(row.timestamp), zone)}>
        <span aria-hidden="true">{signedOffset(offsetMs)}</span>
        <span className="sr-only">{offsetWords(offsetMs)}: </span>
      </span>
      <StatusGlyph tone={row.status === null ? 'neutral' : toneOf(row.status)} />
      <bdi className="around-title" title={row.title}>
        {row.title}
      </bdi>
      <span className="around-status">
        {row.status !== null && <bdi>{row.status}</bdi>}
        {mark}
      </span>
      <span className="around-who">
        {actor !== null && <bdi className="truncate">{actor}</bdi>}
        <ConnectorMark type={row.connector} />
      </span>
    </>
  );
}
