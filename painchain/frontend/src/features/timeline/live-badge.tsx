import { classNames } from '../../components/class-names.js';
import { roughDuration } from '../../components/time-format.js';
import type { TailState } from './live-tail.js';

export type LiveView = {
  /** `off`: nothing new can fall into the range. `gone`: the backend does not answer. */
  tail: TailState | 'off' | 'gone';
  /** Why the rows as they stand are not live, such as `not live while grouped by project`. */
  stillBecause?: string | undefined;
  paused: boolean;
  news: number;
  lagSeconds: number;
  onToggle(): void;
};

function words({ tail, paused, news, lagSeconds }: LiveView): string {
  if (tail === 'off') return 'Not live';
  if (paused) return news > 0 ? `Paused · ${news.toLocaleString('en')} new` : 'Paused';
  if (tail === 'gone') return 'Not reachable';
  if (tail === 'connecting') return 'Connecting…';
  if (tail === 'polling') return 'Live every 10 s';
  return lagSeconds >= 1 ? `Live, ${roughDuration(lagSeconds)} behind` : 'Live';
}

function titleOf({ tail, paused, stillBecause }: LiveView): string {
  if (tail === 'off' && stillBecause !== undefined) return sentence(stillBecause);
  if (tail === 'off') return 'Nothing new can fall into this range of time';
  return paused ? 'Resume live (l)' : 'Pause live (l)';
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the live tail is doing; pressing it pauses or resumes. */
export function LiveBadge(view: LiveView) {
  const on = !view.paused && (view.tail === 'live' || view.tail === 'polling');
  return (
    <button
      type="button"
      className={classNames('live', on && 'live-on', view.paused && view.news > 0 && 'live-news')}
      disabled={view.tail === 'off'}
      title={titleOf(view)}
      onClick={view.onToggle}
    >
      <span className="live-dot" aria-hidden="true" />
      <span className="truncate">
        {words(view)}
        {view.paused && view.tail !== 'off' && <span className="wide-only"> · Resume (l)</span>}
      </span>
    </button>
  );
}
