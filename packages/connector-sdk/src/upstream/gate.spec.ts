import { describe, expect, it } from 'vitest';
import { SourceError } from '../source-error.js';
import { Gate } from './gate.js';

const limited = new SourceError({
  code: 'limited',
  detail: 'd',
  remedy: 'r',
  kind: 'upstream',
  retryAfterMs: 60_000,
});
const refused = new SourceError({ code: 'refused', detail: 'd', remedy: 'r', kind: 'configuration' });

/** How a gate answers at an instant: undefined when it lets through, else the error. */
function turnedAway(gate: Gate, now: number): unknown {
  try {
    gate.check(now);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a gate', () => {
  it('is closed while it rests, and says why and for how long, with a little jitter', () => {
    const gate = new Gate(() => 0.5);
    gate.rest(60_000, 0, gate.enter(0), limited);
    expect(turnedAway(gate, 20_000)).toMatchObject({
      kind: 'upstream',
      code: 'limited',
      retryAfterMs: 40_000 + 5_500,
    });
    expect(turnedAway(gate, 60_000)).toBeUndefined();
  });

  it('never rests for longer than an hour', () => {
    const gate = new Gate(() => 0.999);
    gate.rest(1e12, 0, gate.enter(0), limited);
    expect(turnedAway(gate, 3_600_000)).toBeUndefined();
  });

  it('counts refusals in a row, those of one burst once, until an answer', () => {
    const gate = new Gate(() => 0);
    const [one, two, three] = [gate.enter(0), gate.enter(0), gate.enter(0)];
    expect(gate.inARow(one)).toBe(1);
    gate.rest(1_000, 0, one, limited);
    expect(gate.inARow(two)).toBe(1);
    gate.rest(1_000, 0, two, limited);
    const later = gate.enter(2_000);
    expect(gate.inARow(later)).toBe(2);
    gate.rest(1_000, 2_000, later, limited);
    // Asked before the first refusal, answered after the second: it says nothing about now.
    gate.answered(three);
    const last = gate.enter(4_000);
    expect(gate.inARow(last)).toBe(3);
    gate.answered(last);
    expect(gate.inARow(gate.enter(5_000))).toBe(1);
  });

  it('lets one question a minute through with a refused credential, and all once it is taken', () => {
    const gate = new Gate(() => 0);
    gate.refuse(refused, 0);
    expect(turnedAway(gate, 59_999)).toMatchObject({
      code: 'refused',
      kind: 'configuration',
      retryAfterMs: 1,
    });
    const probe = gate.enter(60_000);
    expect(turnedAway(gate, 60_000)).toMatchObject({ code: 'refused', retryAfterMs: 60_000 });
    gate.answered(probe);
    expect(turnedAway(gate, 60_000)).toBeUndefined();
  });
});
