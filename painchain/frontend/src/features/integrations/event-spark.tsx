import { eventsOf } from './arranged.js';

const barWidth = 3;
const height = 18;
const words = (count: number, of: string) => `${count.toLocaleString('en')} ${count === 1 ? of : `${of}s`}`;

/** The events of the last 24 hours, an hour a bar. The last one is under way. */
export function EventSpark({ hours }: { hours: readonly number[] | undefined }) {
  if (!hours) return '—';
  const total = eventsOf(hours);
  const most = Math.max(1, ...hours);
  const quiet = hours.filter((count) => count === 0).length;
  const label = `${words(total, 'event')} in 24 hours, at most ${most} in one, ${words(quiet, 'hour')} without any`;
  return (
    <span className="spark">
      <svg
        role="img"
        aria-label={total === 0 ? 'No event in 24 hours' : label}
        width={hours.length * barWidth}
        height={height}
      >
        <title>{total === 0 ? 'No event in 24 hours' : label}</title>
        {hours.map((count, hour) => {
          const tall = count === 0 ? 1 : Math.max(2, Math.round((count / most) * height));
          return (
            <rect
              key={hour}
              x={hour * barWidth}
              y={height - tall}
              width={barWidth - 1}
              height={tall}
              className={spark(count, hour === hours.length - 1)}
            />
          );
        })}
      </svg>
      <span aria-hidden="true">{total.toLocaleString('en')}</span>
    </span>
  );
}

function spark(count: number, isUnderWay: boolean): string {
  if (count === 0) return 'spark-none';
  return isUnderWay ? 'spark-part' : 'spark-bar';
}
