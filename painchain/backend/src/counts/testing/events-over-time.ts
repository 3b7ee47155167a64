import fc from 'fast-check';
import { type SampleEvent, sampleEvents } from '../../query/testing/sample-events.js';
import { day, hour, type Micros, microsText, quarter } from '../micros.js';
import type { Interval } from '../pieces.js';

/** Always the same events, spread over the range; some lie on whole days, hours and quarters, or just before. */
export function eventsOverTime(count: number, { from, to }: Interval): SampleEvent[] {
  const instants = fc.sample(instantIn({ from, to }), { numRuns: count, seed: 4711 });
  return sampleEvents(count).map((event, n) => ({ ...event, timestamp: microsText(instants[n] ?? from) }));
}

/** Any instant, and more often than by chance those at which something else begins. */
export function instantIn({ from, to }: Interval): fc.Arbitrary<Micros> {
  return fc
    .record({
      at: fc.bigInt(from, to - 1n),
      unit: fc.constantFrom(1n, 1n, quarter, hour, day),
      beside: fc.constantFrom(-1n, 0n, 0n, 1n),
    })
    .map(({ at, unit, beside }) => {
      const moved = at - (at % unit) + (unit === 1n ? 0n : beside);
      return moved < from ? from : moved;
    });
}
