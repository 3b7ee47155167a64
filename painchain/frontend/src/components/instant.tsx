import { useNow, useZone } from './clock.js';
import { exactTime, relativeTime } from './time-format.js';

/** An instant as people ask for it, "how long ago", with the exact time and its zone beside or in the tooltip. */
export function Instant({ at, exact = false }: { at: string | number; exact?: boolean }) {
  const zone = useZone();
  const now = useNow();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return <bdi>{String(at)}</bdi>;
  const full = exactTime(ms, zone);
  return (
    <time dateTime={new Date(ms).toISOString()} title={full} className="tabular-nums">
      {relativeTime(ms, now)}
      {exact && <span className="text-muted"> · {full}</span>}
    </time>
  );
}
