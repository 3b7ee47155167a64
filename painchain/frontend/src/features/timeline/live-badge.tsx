import { classNames } from '../../components/class-names.js';
import { roughDuration } from '../../components/time-format.js';
import type { TailState } from './live-tail.js';

export type LiveView = {
  tail: TailState | 'off';
  paused: boolean;
  news: number;
  lagSeconds: number;
  onToggle(): void;
};

function words({ tail, paused, news, lagSeconds }: LiveView): string {
  if (tail === 'off') return 'Live off: the range is over';
  if (paused)
    return news > 0 ? `Paused · ${news.toLocaleString('en')} new · Resume (l)` : 'Paused · Resume (l)';
  if (tail === 'connecting') return 'Connecting…';
  if (tail === 'polling') return 'Live every 10 s';
  return lagSeconds >= 1 ? `Live, ${roughDuration(lagSeconds)} behind` : 'Live';
}

/** What the live tail is doing; pressing it pauses or resumes. */
export function LiveBadge(view: LiveView) {
  const on = !view.paused && (view.tail === 'live' || view.tail === 'polling');
  return (
    <button
      type="button"
      className={classNames('live', on && 'live-on', view.paused && view.news > 0 && 'live-news')}
      disabled={view.tail === 'off'}
      title={view.paused ? 'Resume live (l)' : 'Pause live (l)'}
      onClick={view.onToggle}
    >
      <span className="live-dot" aria-hidden="true" />
      {words(view)}
    </button>
  );
}
