import { useEffect, useState } from 'react';
import { useZone } from '../../components/clock.js';
import { clockTime } from '../../components/time-format.js';
import type { LiveView } from './live-badge.js';

type Props = {
  /** Undefined while none could be loaded, which is not the same as none. */
  rows: number | undefined;
  /** Older rows are still to be loaded. */
  more: boolean;
  loadingMore: boolean;
  updatedAt: number;
  live: LiveView;
  /** What the server says about rows that are missing from these. */
  capped: string | undefined;
  onRefresh(): void;
};

function liveWord({ tail, paused, stillBecause }: LiveView): string {
  if (tail === 'off') return stillBecause ?? 'not live';
  if (paused) return 'paused';
  return {
    live: 'live',
    polling: 'every 10 s',
    connecting: 'connecting',
    hidden: 'resting',
    gone: 'not reachable',
  }[tail];
}

/** How much is loaded, and how fresh it is. */
export function CountRow({ rows, more, loadingMore, updatedAt, live, capped, onRefresh }: Props) {
  const zone = useZone();
  const count =
    rows === undefined
      ? 'No rows yet'
      : `${rows.toLocaleString('en')}${more ? '+' : ''} ${rows === 1 && !more ? 'row' : 'rows'}`;
  return (
    <div className="count-row">
      <span className="text-ink" title={more ? 'More are loaded as you scroll' : 'All rows are loaded'}>
        {count}
      </span>
      <span aria-hidden="true">·</span>
      <span>{liveWord(live)}</span>
      {updatedAt > 0 && (
        <>
          <span className="wide-only" aria-hidden="true">
            ·
          </span>
          <span className="wide-only">updated {clockTime(updatedAt, zone)}</span>
        </>
      )}
      {live.stillBecause !== undefined && (
        <button type="button" className="text-button" onClick={onRefresh}>
          Refresh
        </button>
      )}
      {capped !== undefined && <span className="truncate">· {capped}</span>}
      {loadingMore && <span>· loading more…</span>}
      <Announcer text={live.paused && live.news > 0 ? `${live.news} new events` : ''} />
    </div>
  );
}

const announceEveryMs = 5_000;

/** Says what is new without talking over the reader: at most once in five seconds. */
function Announcer({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), text === '' ? 0 : announceEveryMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="sr-only" role="status" aria-live="polite">
      {said}
    </span>
  );
}
