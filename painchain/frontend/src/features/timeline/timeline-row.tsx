import type { TimelineRow } from '@painchain/contract';
import { memo } from 'react';
import { useZone } from '../../components/clock.js';
import { classNames } from '../../components/class-names.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { clockTime, dayName, exactTime } from '../../components/time-format.js';
import { type Tone, toneOf } from '../../components/tone.js';

type Props = {
  row: TimelineRow;
  index: number;
  selected: boolean;
  /** The one row that Tab reaches. */
  active: boolean;
  onOpen(id: string): void;
};

const statusColor: Record<Tone, string> = {
  good: 'text-good',
  bad: 'text-bad',
  warning: 'text-warning',
  active: 'text-active',
  neutral: 'text-muted',
};

/** One event: a line of 32 px, or two lines of 56 px on a narrow screen. */
export const TimelineRowView = memo(function TimelineRowView({
  row,
  index,
  selected,
  active,
  onOpen,
}: Props) {
  const zone = useZone();
  const at = Date.parse(row.timestamp);
  const tone = row.status === null ? 'neutral' : toneOf(row.status);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-row={row.id}
      tabIndex={active ? 0 : -1}
      className={classNames('row', selected && 'row-selected', tone === 'bad' && 'row-bad')}
      onClick={() => onOpen(row.id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onOpen(row.id);
      }}
    >
      <span role="gridcell" className="cell-time" title={exactTime(at, zone)}>
        <time dateTime={row.timestamp}>{clockTime(at, zone)}</time>
      </span>
      <span role="gridcell" className="cell-status">
        <StatusGlyph tone={tone} />
        <span className="sr-only">{row.status ?? 'no status'}</span>
      </span>
      <span role="gridcell" className="cell-title" title={row.title}>
        <bdi className="truncate">{row.title}</bdi>
        {row.status !== null && (
          <bdi className={classNames('status-word', statusColor[tone])} aria-hidden="true">
            {row.status}
          </bdi>
        )}
      </span>
      <span role="gridcell" className="cell-project" title={row.project}>
        <bdi>{row.project}</bdi>
      </span>
      <span role="gridcell" className="cell-connector">
        <ConnectorMark type={row.connector} />
      </span>
      <span role="gridcell" className="cell-actor" title={row.actor ?? undefined}>
        <bdi>{row.actor ?? ''}</bdi>
      </span>
    </div>
  );
});

/** The line above a day. */
export function DayRow({ startMs, index }: { startMs: number; index: number }) {
  const zone = useZone();
  return (
    <div role="row" aria-rowindex={index + 2} className="day-row">
      <span role="gridcell" aria-colspan={6}>
        {dayName(startMs, zone)}
      </span>
    </div>
  );
}
