import { describe, expect, it } from 'vitest';
import { Rhythm } from './rhythm.js';

const quiet = { alive: false, archived: false, crowded: false };
const crowded = { ...quiet, crowded: true };

function after(rhythm: Rhythm, ...rounds: Parameters<Rhythm['ended']>): number {
  rounds.forEach((round) => rhythm.ended(round));
  return rhythm.seconds;
}

describe('how often something is looked at', () => {
  it('is as often as asked for, also where nothing happens, while there is room', () => {
    const rhythm = new Rhythm(60);
    for (let round = 0; round < 50; round += 1) rhythm.ended(quiet);
    expect(rhythm.seconds).toBe(60);
  });

  it('makes room where nothing happens, up to five minutes, and is back at once when something does', () => {
    const rhythm = new Rhythm(60);
    expect(after(rhythm, crowded)).toBe(90);
    for (let round = 0; round < 10; round += 1) rhythm.ended(crowded);
    expect(rhythm.seconds).toBe(300);
    expect(after(rhythm, { ...crowded, alive: true })).toBe(60);
  });

  it('comes back little by little once there is room', () => {
    const rhythm = new Rhythm(60);
    after(rhythm, crowded);
    after(rhythm, crowded);
    expect(after(rhythm, quiet)).toBeCloseTo(128.25);
    for (let round = 0; round < 30; round += 1) rhythm.ended(quiet);
    expect(rhythm.seconds).toBe(60);
  });

  it('is rare for what is archived, and beneath webhooks', () => {
    expect(after(new Rhythm(60), { ...quiet, archived: true })).toBe(900);
    expect(after(new Rhythm(undefined), { ...quiet, alive: true })).toBe(900);
    expect(after(new Rhythm(3_600), crowded)).toBe(3_600);
  });
});
