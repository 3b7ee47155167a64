import { describe, expect, it } from 'vitest';
import { eventOf, projectOf } from './event.js';
import { words } from './vocabulary.js';

const at = { key: 'spec', timestamp: '2026-01-31T10:35:00Z' };
const events = Array.from({ length: 4_000 }, (_, number) => eventOf(number, at));
const distinct = (values: (string | undefined)[]) => new Set(values).size;
const share = (test: (event: (typeof events)[number]) => boolean) =>
  events.filter(test).length / events.length;

describe('eventOf', () => {
  it('gives the same event for the same number, and another key for another', () => {
    expect(eventOf(42, at)).toEqual(eventOf(42, at));
    expect(distinct(events.map(({ key }) => key))).toBe(events.length);
  });

  it('is as large as the events of real sources', () => {
    const bytes = events.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0) / events.length;
    expect(bytes).toBeGreaterThan(780);
    expect(bytes).toBeLessThan(880);
  });

  it('has the values that real ones have', () => {
    expect(distinct(events.map(({ connector }) => connector))).toBe(4);
    expect(distinct(events.map(({ type }) => type))).toBe(15);
    expect(distinct(events.map(({ project }) => project))).toBeGreaterThan(180);
    expect(distinct(events.map(({ actor }) => actor))).toBeGreaterThan(70);
    expect(share(({ project }) => project === projectOf(0))).toBeGreaterThan(0.1);
    expect(share(({ status }) => status === 'failure')).toBeCloseTo(0.045, 1);
  });

  it('says the common word in a tenth of the messages, and the others never', () => {
    const says = (word: string) => share(({ data }) => String(data['message']).includes(word));
    expect(says(words.common)).toBeGreaterThan(0.08);
    expect(says(words.common)).toBeLessThan(0.12);
    expect(says(words.rare) + says(words.absent)).toBe(0);
    expect(says(` ${words.prefix}`)).toBeGreaterThan(0.001);
  });

  it('names its commit nowhere but in full, so that another can be put in its place', () => {
    for (const event of events.slice(0, 100)) {
      const commit = String(event.data['commit']);
      expect(JSON.stringify(event).replaceAll(commit, '')).not.toContain(commit.slice(0, 12));
    }
  });

  it('keeps small tenants small', () => {
    const few = Array.from({ length: 500 }, (_, number) => eventOf(number, { ...at, small: true }));
    expect(distinct(few.map(({ project }) => project))).toBe(6);
    expect(distinct(few.map(({ actor }) => actor))).toBe(8);
  });
});
