import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock.js';

const noon = Date.UTC(2026, 10, 24, 12);
const dated = (ms: number) => ({ date: new Date(ms).toUTCString() });

function clockAfter(...answers: [headers: Record<string, string>, askedAt: number, answeredAt: number][]) {
  const clock = new ServerClock(() => noon);
  for (const answer of answers) clock.learn(...answer);
  return clock.now() - noon;
}

describe("a server's clock", () => {
  it('agrees with ours as long as the dates of its answers do', () => {
    expect(clockAfter([dated(noon + 300), noon - 100, noon + 300], [dated(noon), noon, noon + 900])).toBe(0);
  });

  it('is known to within a second and the time that an answer took, wherever it stands', () => {
    const ahead = fc.integer({ min: -3_600_000, max: 3_600_000 });
    const answers = fc.array(fc.tuple(fc.nat(5_000), fc.nat(5_000)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(ahead, answers, (truth, trips) => {
        const seen = trips.map(([there, back], index) => {
          const asked = noon + index * 60_000;
          return [dated(asked + there + truth), asked, asked + there + back] as const;
        });
        const quickest = Math.min(...trips.map(([there, back]) => there + back));
        expect(Math.abs(clockAfter(...seen.map((one) => [...one] as never)) - truth)).toBeLessThanOrEqual(
          quickest + 1_000,
        );
      }),
    );
  });

  it('is not moved by dates that make no sense, nor by those of a cache', () => {
    const odd = ['yesterday', '2026-11-24', '0', '', dated(noon + 48 * 3_600_000).date].map((date) => ({
      date,
    }));
    const cached = { ...dated(noon - 600_000), age: '600' };
    for (const headers of [...odd, cached, {}]) expect(clockAfter([headers, noon, noon])).toBe(0);
  });

  it('is not moved while ours is set back', () => {
    expect(clockAfter([dated(noon), noon, noon - 3_600_000])).toBe(0);
  });
});
