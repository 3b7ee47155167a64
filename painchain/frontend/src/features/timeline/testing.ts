import type { TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import { plainRow } from '../../testing/plain-event.js';

/** A row for tests: `second` is when it happened, within one minute. */
export function rowAt(id: string, second: number, given: Partial<TimelineRow> = {}): TimelineRow {
  const timestamp = `2026-11-24T10:35:${String(second).padStart(2, '0')}.000000Z`;
  return plainRow({ id, title: `Event ${id}`, connector: 'test', timestamp, ...given });
}

const start = Date.parse('2026-11-24T10:00:00Z');

/** A row that happened so many minutes after the start, and is called by that number. */
export function minute(at: number, given: Partial<TimelineRow> = {}): TimelineRow {
  const timestamp = new Date(start + at * 60_000).toISOString().replace('Z', '000Z');
  return rowAt(String(at), 0, { title: 'An event', timestamp, received_at: timestamp, ...given });
}

/** Units by the ids of their rows. */
export function shape(units: readonly (readonly TimelineRow[])[]): string[] {
  return units.map((rows) => rows.map(({ id }) => id).join(' '));
}

/** Rows of few kinds, newest first, close enough to fold and far enough to part, over some days. */
export const anyRows: fc.Arbitrary<TimelineRow[]> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, 2, 5, 6, 700),
      title: fc.constantFrom('Run 1', 'Run 22', 'Rollout'),
      connector: fc.constantFrom('ci', 'cluster'),
      project: fc.constantFrom('acme/api', 'acme/web'),
      status: fc.constantFrom(null, 'success', 'failure', 'error', 'running'),
      subject: fc.constantFrom(null, 'run/1', 'run/2', 'run/3'),
    }),
    { maxLength: 40 },
  )
  .map((given) => {
    let at = 100_000;
    return given.map(({ gap, ...row }, index) => minute((at -= gap), { ...row, id: `r${index}` }));
  });
