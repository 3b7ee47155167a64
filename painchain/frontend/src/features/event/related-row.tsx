import type { RelatedEvent, StoredEvent } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import { useState } from 'react';
import { only } from '../../address/conditions.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { CopyButton } from '../../components/copy-button.js';
import { offsetWords, signedOffset } from '../../components/offset.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { clockTime, exactTime } from '../../components/time-format.js';
import { reasonsInWords, refWords, relationWords } from './relation-words.js';

export type RelatedContext = {
  /** The event that is open. */
  event: StoredEvent;
  titleOf(id: string): string | undefined;
  change: HomeChange;
};

/** One related event: what it was, how far away, and why it is here. */
export function RelatedRow({
  related: { row, why },
  context,
}: {
  related: RelatedEvent;
  context: RelatedContext;
}) {
  const { event, titleOf, change } = context;
  const isThis = row.id === event.id;
  const reasons = why.map((relation) => relationWords(relation, event.id, titleOf));
  const words = isThis ? 'this event' : reasonsInWords(reasons);
  return (
    <li className={classNames('related-row', isThis && 'related-this')}>
      {isThis ? (
        <div className="related-open" aria-current="true">
          <RowFace row={row} event={event} />
        </div>
      ) : (
        <button type="button" className="related-open" onClick={() => change.set({ e: row.id })}>
          <RowFace row={row} event={event} />
        </button>
      )}
      {words !== '' && (
        <p className="related-why">
          <bdi>{words}</bdi>
        </p>
      )}
    </li>
  );
}

function RowFace({ row, event }: { row: RelatedEvent['row']; event: StoredEvent }) {
  const zone = useZone();
  const ms = Date.parse(row.timestamp);
  const offsetMs = ms - Date.parse(event.timestamp);
  return (
    <>
      <StatusGlyph tone={row.status === null ? 'neutral' : toneOf(row.status)} />
      <span className="related-name">
        <bdi>{row.title}</bdi>
        {row.status !== null && <bdi className="ml-2 font-normal text-muted">{row.status}</bdi>}
      </span>
      <span className="related-facts">
        <time dateTime={row.timestamp} title={exactTime(ms, zone)}>
          {clockTime(ms, zone)}
        </time>
        {row.id !== event.id && (
          <span className="tabular-nums">
            <span aria-hidden="true">{signedOffset(offsetMs)}</span>
            <span className="sr-only">{offsetWords(offsetMs)}</span>
          </span>
        )}
        {row.project !== event.project && <bdi className="truncate">{row.project}</bdi>}
        <ConnectorMark type={row.connector} />
      </span>
    </>
  );
}

const chipsAtFirst = 3;

/** The correlation keys that name a stage: each leads to all of its events, and can be copied. */
export function RefChips({ refs, change }: { refs: readonly string[]; change: HomeChange }) {
  const [all, setAll] = useState(false);
  if (refs.length === 0) return null;
  const shown = all ? refs : refs.slice(0, chipsAtFirst);
  return (
    <ul className="ref-chips">
      {shown.map((ref) => (
        <li key={ref}>
          <button
            type="button"
            className="chip-value chip-button"
            title={`Only events with ${ref}`}
            onClick={() => change.edit(only({ name: 'ref' }, ref))}
          >
            <bdi>{refWords(ref)}</bdi>
          </button>
          <CopyButton text={ref} label={`Copy ${refWords(ref)}`} />
        </li>
      ))}
      {shown.length < refs.length && (
        <li>
          <button type="button" className="text-button" onClick={() => setAll(true)}>
            {refs.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}
