import type { UseQueryResult } from '@tanstack/react-query';
import { useZone } from './clock.js';
import { StatusMark } from './status-mark.js';
import { clockTime } from './time-format.js';

/** When something was last heard of, and a warning when it can't be asked any more. */
export function Stale({ query }: { query: UseQueryResult }) {
  const zone = useZone();
  if (query.dataUpdatedAt === 0) return null;
  const at = clockTime(query.dataUpdatedAt, zone);
  return (
    <span className="text-muted tabular-nums">
      {!query.isError && `updated ${at}`}
      {/* Only what is wrong is worth hearing. */}
      <span role="status">
        {query.isError && <StatusMark tone="bad" word={`The backend has not answered since ${at}`} />}
      </span>
    </span>
  );
}
