import type { TimelineRow } from '@painchain/contract';
import type { Zone } from '../../components/clock.js';
import { clockTime, roughDuration } from '../../components/time-format.js';
import { factsOf } from './fold/row-facts.js';

/** That an event came in after people may have looked at its time already; of several, the latest. */
export function LateMark({ rows, zone }: { rows: readonly TimelineRow[]; zone: Zone }) {
  const late = rows.reduce<TimelineRow | undefined>(
    (latest, row) => ((factsOf(row).late ?? 0) > ((latest && factsOf(latest).late) ?? 0) ? row : latest),
    undefined,
  );
  const seconds = late && factsOf(late).late;
  if (!late || seconds === undefined) return null;
  const after = roughDuration(seconds);
  return (
    <span
      className="late-mark"
      title={`Came in at ${clockTime(Date.parse(late.received_at), zone)}, ${after} after it happened`}
    >
      came {after} late
    </span>
  );
}
