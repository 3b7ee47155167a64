import type { TimelineRow } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import { memo } from 'react';
import { useZone, type Zone } from '../../components/clock.js';
import { classNames } from '../../components/class-names.js';
import { ConnectorLabel, useConnectorName } from '../../components/connector-mark.js';
import { useHovered } from '../../components/hovered.js';
import { StatusGlyph, toneColor } from '../../components/status-mark.js';
import { clockTime, exactTime } from '../../components/time-format.js';
import { filterValue, shownValue } from './columns.js';
import { factsOf } from './fold/row-facts.js';
import type { Fold } from './items.js';
import { LateMark } from './late-mark.js';
import { dayAndTime } from './row-time.js';

type Props = {
  row: TimelineRow;
  fold: Fold | undefined;
  /** One of those that an open fold holds. */
  isMember: boolean;
  index: number;
  /** Where it stands among all rows, in px. */
  top: number;
  /** Added columns. */
  added: readonly string[];
  /** No heading says the day. */
  withDay: boolean;
  selected: boolean;
  /** The one row that Tab reaches. */
  active: boolean;
};

/**
 * One event, or a fold of several: a line of 32 px (compact 24), or two lines of 56 px on a narrow screen. What is
 * done with it is heard by the grid, so that a row is cheap to make: some hundred come and go in a second of scrolling.
 */
export const TimelineRowView = memo(function TimelineRowView(props: Props) {
  const { row, fold, added, selected, active } = props;
  const zone = useZone();
  const { atMs } = factsOf(row);
  const marked = useHovered(
    (hovered) => hovered?.kind === 'bar' && atMs >= hovered.fromMs && atMs < hovered.toMs,
  );
  const tone = row.status === null ? 'neutral' : toneOf(row.status);
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      data-row={row.id}
      tabIndex={active ? 0 : -1}
      className={classNames(
        'row virtual-row',
        selected && 'row-selected',
        tone === 'bad' && 'row-bad',
        marked && 'row-marked',
        props.isMember && 'row-member',
      )}
      style={{ top: props.top }}
    >
      <span role="gridcell" aria-colindex={1} className="cell-time" title={exactTime(atMs, zone)}>
        <time dateTime={row.timestamp}>{props.withDay ? dayAndTime(atMs, zone) : clockTime(atMs, zone)}</time>
      </span>
      <span
        role="gridcell"
        aria-colindex={2}
        aria-label={row.status ?? 'no status'}
        data-field="status"
        className="cell-status"
        title={row.status ?? undefined}
      >
        <StatusGlyph tone={tone} />
      </span>
      <span role="gridcell" aria-colindex={3} data-field="title" className="cell-title" title={row.title}>
        <bdi className="truncate">{row.title}</bdi>
        {row.status !== null && (
          <bdi className={classNames('status-word', toneColor(tone))} aria-hidden="true">
            {row.status}
          </bdi>
        )}
        <LateMark rows={fold && !fold.isOpen ? fold.rows : [row]} zone={zone} />
        {fold && <FoldSpan fold={fold} zone={zone} />}
      </span>
      <Cell row={row} field="project" column={4} className="cell-project">
        {row.project}
      </Cell>
      <span
        role="gridcell"
        aria-colindex={5}
        data-field="connector"
        className="cell-connector"
        title={useConnectorName(row.connector)}
      >
        <ConnectorLabel type={row.connector} />
      </span>
      <Cell row={row} field="actor" column={6} className="cell-actor">
        {row.actor}
      </Cell>
      {added.map((field, index) => (
        <Cell key={field} row={row} field={field} column={index + 7} className="cell-added">
          {shownValue(row, field, zone)}
        </Cell>
      ))}
      {fold && (
        <span role="gridcell" aria-colindex={added.length + 7} className="cell-count">
          <FoldButton fold={fold} zone={zone} />
        </span>
      )}
    </div>
  );
});

type CellProps = {
  row: TimelineRow;
  field: string;
  column: number;
  className: string;
  children: string | null;
};

/** A value that is a condition in one click: the grid finds it by its field. */
function Cell({ row, field, column, className, children }: CellProps) {
  return (
    <bdi
      role="gridcell"
      aria-colindex={column}
      data-field={field}
      className={className}
      title={filterValue(row, field)}
    >
      {children}
    </bdi>
  );
}

/** From when to when the events of a fold happened, and who saw them. */
function FoldSpan({ fold, zone }: { fold: Fold; zone: Zone }) {
  const [from, to] = [clockTime(fold.fromMs, zone), clockTime(fold.toMs, zone)];
  return (
    <span className="fold-span">
      {from !== to && `${from}–${to}`}
      {fold.sources > 1 && ` seen by ${fold.sources}`}
    </span>
  );
}

function FoldButton({ fold, zone }: { fold: Fold; zone: Zone }) {
  const count = fold.rows.length.toLocaleString('en');
  const span = `${exactTime(fold.fromMs, zone)} to ${exactTime(fold.toMs, zone)}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold=""
      className="fold-button"
      aria-expanded={fold.isOpen}
      aria-label={`${count} events, ${span}`}
      title={`${count} events, ${span}: ${fold.isOpen ? 'fold' : 'show all'} (x)`}
    >
      ×{count}
    </button>
  );
}
