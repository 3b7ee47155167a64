import { type NewEvent, limits } from '@painchain/contract';
import { jsonBytes } from '../storable/storable-json.js';

// What stands around the events: the lease, a cursor of the largest size, punctuation.
const envelopeBytes = limits.cursorBytes + 16 * 1024;

/** Cuts events into batches that the backend takes, in order; at least one, which may be empty. */
export function cutBatches(events: readonly NewEvent[]): NewEvent[][] {
  const batches: NewEvent[][] = [];
  let batch: NewEvent[] = [];
  let bytes = envelopeBytes;
  for (const event of events) {
    const size = jsonBytes(event) + 1;
    if (batch.length > 0 && (batch.length === limits.batchEvents || bytes + size > limits.batchBytes)) {
      batches.push(batch);
      batch = [];
      bytes = envelopeBytes;
    }
    batch.push(event);
    bytes += size;
  }
  return [...batches, batch];
}
