import { type Heartbeat, type SourceStatus, limits } from '@painchain/contract';
import { jsonBytes } from '../storable/storable-json.js';

/** Sources of one lease, and intervals of one source, that are told: less and less, until it fits. */
const steps = [
  { sources: 1_000, intervals: 40 },
  { sources: 1_000, intervals: 10 },
  { sources: 1_000, intervals: 2 },
  { sources: 1_000, intervals: 0 },
  { sources: 100, intervals: 0 },
  { sources: 10, intervals: 0 },
];

/** No status is smaller, so what can't fit is not tried. */
const smallestStatus = 200;

function troubledFirst(a: SourceStatus, b: SourceStatus): number {
  return Number(a.trouble === null) - Number(b.trouble === null);
}

/**
 * A heartbeat that is larger than the backend takes would cost all leases, so the oldest intervals of its sources
 * stay out, then sources that have no trouble. The leases themselves always fit.
 */
export function fitHeartbeat(heartbeat: Heartbeat): Heartbeat {
  for (const { sources, intervals } of steps) {
    const count = heartbeat.leases.reduce((sum, lease) => sum + Math.min(sources, lease.sources.length), 0);
    if (count * smallestStatus > limits.bodyBytes) continue;
    const leases = heartbeat.leases.map((lease) => ({
      ...lease,
      sources: [...lease.sources]
        .sort(troubledFirst)
        .slice(0, sources)
        .map((source) => ({
          ...source,
          intervals: intervals === 0 ? [] : source.intervals.slice(-intervals),
        })),
    }));
    const fitted = { ...heartbeat, leases };
    if (jsonBytes(fitted) <= limits.bodyBytes) return fitted;
  }
  return { ...heartbeat, leases: heartbeat.leases.map((lease) => ({ ...lease, sources: [] })) };
}
