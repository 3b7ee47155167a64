import { ChevronRight, LocateFixed } from 'lucide-react';
import { Fragment, useContext, useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { HoverContext } from '../../components/hovered.js';
import { IconButton } from '../../components/icon-button.js';
import { isSameMoment, offsetWords, signedOffset } from '../../components/offset.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { clockTime, exactTime } from '../../components/time-format.js';
import { toneOf } from '../../components/tone.js';
import { AxisStrip } from './axis-strip.js';
import { closest, type Lane, listedAtFirst, type Placed } from './lanes.js';

export type LaneProps = {
  lane: Lane;
  atMs: number;
  halfMs: number;
  isOpen: boolean;
  /** The event that is open. */
  openId: string | undefined;
  onToggle(project: string): void;
  onOpen(id: string): void;
  onMoment(ms: number): void;
};

/** What happened in one project: a line with its ticks, and below it the events. */
export function LaneSection({ lane, isOpen, onToggle, ...rest }: LaneProps) {
  const { project, events, failures, nearestMs } = lane;
  return (
    <section className="lane">
      <h3>
        <button type="button" className="lane-head" aria-expanded={isOpen} onClick={() => onToggle(project)}>
          <span className="lane-name">
            <ChevronRight
              size={14}
              aria-hidden="true"
              className={classNames('fold-arrow', isOpen && 'rotate-90')}
            />
            <bdi className="truncate" title={project}>
              {project}
            </bdi>
          </span>
          <AxisStrip events={events} halfMs={rest.halfMs} />
          <span className="lane-counts">
            {failures > 0 && (
              <span className="inline-flex items-center text-bad">
                <StatusGlyph tone="bad" />
                {failures} failed
              </span>
            )}
            <span>{events.length === 1 ? '1 event' : `${events.length.toLocaleString('en')} events`}</span>
            {!isOpen && <span className="sr-only">, the closest {offsetWords(nearestMs)}</span>}
          </span>
        </button>
      </h3>
      {isOpen && <LaneEvents events={events} {...rest} />}
    </section>
  );
}

type EventsProps = Omit<LaneProps, 'lane' | 'isOpen' | 'onToggle'> & { events: readonly Placed[] };

function LaneEvents({ events, atMs, ...rest }: EventsProps) {
  const zone = useZone();
  const [all, setAll] = useState(false);
  const shown = all ? events : closest(events, listedAtFirst);
  const firstAfter = shown.findIndex(({ offsetMs }) => offsetMs >= 0);
  const moment = (
    <li className="lane-moment">
      <span>{clockTime(atMs, zone)}</span>
    </li>
  );
  return (
    <ol className="lane-events">
      {shown.map((event, index) => (
        <Fragment key={event.row.id}>
          {index === firstAfter && moment}
          <AroundEvent event={event} {...rest} />
        </Fragment>
      ))}
      {firstAfter < 0 && moment}
      {shown.length < events.length && (
        <li>
          <button type="button" className="text-button px-3" onClick={() => setAll(true)}>
            Show all {events.length.toLocaleString('en')}, not only the closest
          </button>
        </li>
      )}
    </ol>
  );
}

type EventProps = Pick<LaneProps, 'openId' | 'onOpen' | 'onMoment'> & { event: Placed };

function AroundEvent({ event: { row, offsetMs, isFailure }, openId, onOpen, onMoment }: EventProps) {
  const zone = useZone();
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
        <span className="around-offset" title={exactTime(ms, zone)}>
          <span aria-hidden="true">{signedOffset(offsetMs)}</span>
          <span className="sr-only">{offsetWords(offsetMs)}: </span>
        </span>
        <StatusGlyph tone={row.status === null ? 'neutral' : toneOf(row.status)} />
        <bdi className="around-title" title={row.title}>
          {row.title}
        </bdi>
        <span className="around-status">
          {row.status !== null && <bdi>{row.status}</bdi>}
          {isOpen && <span className="tag">open</span>}
        </span>
        <span className="around-who">
          {row.actor !== null && <bdi className="truncate">{row.actor}</bdi>}
          <ConnectorMark type={row.connector} />
        </span>
      </button>
      <IconButton label="Show what happened around this event instead" onClick={() => onMoment(ms)}>
        <LocateFixed size={14} />
      </IconButton>
    </li>
  );
}
