import { ChevronRight } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { offsetWords } from '../../components/offset.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { clockTime } from '../../components/time-format.js';
import { AroundEvent, BurstRow } from './around-event.js';
import { AxisStrip } from './axis-strip.js';
import { burstsOf, closest, type Lane, listedAtFirst, type Placed } from './lanes.js';

type LaneProps = {
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

/** Fewer than these of a kind are rows of their own. */
const fewest = 3;

function LaneEvents({ events, atMs, ...rest }: EventsProps) {
  const zone = useZone();
  const [all, setAll] = useState(false);
  const bursts = useMemo(() => burstsOf(events), [events]);
  const shown = all ? bursts : closest(bursts, listedAtFirst);
  const firstAfter = shown.findIndex(({ first }) => first.offsetMs >= 0);
  const moment = (
    <li className="lane-moment">
      <span>{clockTime(atMs, zone)}</span>
    </li>
  );
  return (
    <ol className="lane-events">
      {shown.map((burst, index) => (
        <Fragment key={burst.first.row.id}>
          {index === firstAfter && moment}
          {burst.events.length < fewest ? (
            burst.events.map((event) => <AroundEvent key={event.row.id} event={event} {...rest} />)
          ) : (
            <BurstRow burst={burst} {...rest} />
          )}
        </Fragment>
      ))}
      {firstAfter < 0 && moment}
      {shown.length < bursts.length && (
        <li>
          <button type="button" className="text-button px-3" onClick={() => setAll(true)}>
            Show all {events.length.toLocaleString('en')} events, not only the closest
          </button>
        </li>
      )}
    </ol>
  );
}
