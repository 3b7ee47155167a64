import type { TimeRange } from '../../address/time-range.js';
import type { Zone } from '../../components/clock.js';

export type TimeProps = {
  value: TimeRange;
  onChange(range: TimeRange): void;
  onZone(zone: Zone): void;
  onAround(at: string, window: string): void;
};
