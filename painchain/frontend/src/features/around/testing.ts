import type { TimelineRow } from '@painchain/contract';
import { plainRow } from '../../testing/plain-event.js';

/** A row with what a test cares about. */
export function rowAt(timestamp: string | number, part: Partial<TimelineRow> = {}): TimelineRow {
  const at = typeof timestamp === 'number' ? new Date(timestamp).toISOString() : timestamp;
  return plainRow({ id: `evt_${at}${part.project ?? ''}`, timestamp: at, ...part });
}
