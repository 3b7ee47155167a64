import type { SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { instantAt } from '../testing/workload-life.js';
import { autoscalingFold } from './autoscaling-fold.js';

const fold = autoscalingFold(10);
const step = { before: { metadata: { uid: 'u' } }, after: { metadata: { uid: 'u' } }, managers: [] };

function scaled(seconds: number, old: number, fresh: number): SourceEvent {
  return {
    key_parts: ['c', 'u', String(seconds), 'changed'],
    title: `api autoscaled ${old} → ${fresh}`,
    type: 'autoscaled',
    project: 'prod/shop',
    timestamp: instantAt(seconds),
    data: { name: 'api', replicas: { old, new: fresh } },
  };
}

function other(type: string, seconds: number): SourceEvent {
  return { ...scaled(seconds, 0, 0), type, title: type };
}

/** What is told of events that come one after the other, and once all is over; the state goes through JSON. */
function titlesOf(...events: SourceEvent[]): string[] {
  let state: unknown = fold.empty;
  const told = events.flatMap((event) => {
    const folded = fold.add(state, step, [event], { at: event.timestamp });
    state = fold.state.parse(JSON.parse(JSON.stringify(folded.state)));
    return folded.events;
  });
  return [...told, ...fold.due(state, instantAt(1_000_000)).events].map(({ title }) => title);
}

describe('autoscaling', () => {
  it('within ten minutes of its first step is one event', () => {
    expect(titlesOf(scaled(0, 2, 4), scaled(60, 4, 7), scaled(599, 7, 6))).toEqual(['api autoscaled 2 → 6']);
    expect(titlesOf(scaled(0, 2, 4), scaled(600, 4, 7))).toEqual([
      'api autoscaled 2 → 4',
      'api autoscaled 4 → 7',
    ]);
  });

  it('that goes back to where it was says how far it went', () => {
    expect(titlesOf(scaled(0, 2, 9), scaled(60, 9, 5), scaled(90, 5, 2))).toEqual([
      'api autoscaled 2 → 9 → 2',
    ]);
  });

  it('keeps the key and the instant of its last step, says since when and in how many', () => {
    const { state } = fold.add(fold.empty, step, [scaled(0, 2, 4)], { at: instantAt(0) });
    const both = fold.add(state, step, [scaled(60, 4, 7)], { at: instantAt(60) });
    expect(fold.due(both.state, instantAt(600)).events).toMatchObject([
      {
        key_parts: ['c', 'u', '60', 'changed'],
        timestamp: instantAt(60),
        data: { replicas: { old: 2, new: 7 }, steps: 2, since: instantAt(0) },
      },
    ]);
  });

  it('is told before any other change of the workload, not before how its rollout ends', () => {
    expect(titlesOf(scaled(0, 2, 4), other('deployed', 30))).toEqual(['api autoscaled 2 → 4', 'deployed']);
    expect(titlesOf(scaled(0, 2, 4), other('rollout_succeeded', 30), scaled(60, 4, 5))).toEqual([
      'rollout_succeeded',
      'api autoscaled 2 → 5',
    ]);
  });

  it('is held back no longer than its window, and nothing is written for nothing', () => {
    const { state } = fold.add(fold.empty, step, [scaled(0, 2, 4)], { at: instantAt(0) });
    expect(fold.due(state, instantAt(599))).toEqual({ state, events: [] });
    expect(fold.due(state, instantAt(599)).state).toBe(state);
    expect(fold.due(state, instantAt(600))).toMatchObject({ state: {}, events: [{ type: 'autoscaled' }] });
    expect(fold.add(state, step, [], { at: instantAt(9) }).state).toBe(state);
  });
});
