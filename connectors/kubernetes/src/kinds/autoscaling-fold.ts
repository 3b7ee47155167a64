import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Step } from '../translate/facts.js';
import { type Fold, type Folded, defineFold } from './fold.js';

/** The scaling of one workload since the first step of its window. */
const Window = z.object({
  /** RFC 3339: what comes from here on is of another window. */
  until: z.string(),
  steps: z.int(),
  old: z.number(),
  /** Of all numbers on the way the one farthest from the first. */
  farthest: z.number(),
  first: z.string(),
  event: z.custom<SourceEvent>((value) => typeof value === 'object' && value !== null),
});
type Window = z.output<typeof Window>;

const State = z.record(z.string(), Window);
type State = z.output<typeof State>;

const Scaled = z.object({ name: z.string(), replicas: z.object({ old: z.number(), new: z.number() }) });

/**
 * What an autoscaler does to one workload within some minutes, from its first step on, is one event: from how many to
 * how many. Anything else that changes the workload ends the window, so that all is told in its order.
 */
export function autoscalingFold(minutes: number): Fold {
  const milliseconds = minutes * 60_000;
  return defineFold<State>({
    state: State,
    empty: {},
    heldSeconds: minutes * 60,
    add(state, step, events) {
      const uid = uidOf(step);
      if (uid === undefined || events.length === 0) return { state, events };
      const told: SourceEvent[] = [];
      let window = state[uid];
      for (const event of events) {
        if (window && ends(window, event)) {
          told.push(eventOf(window));
          window = undefined;
        }
        const scaled = event.type === 'autoscaled' ? Scaled.safeParse(event.data).data : undefined;
        if (scaled) window = widened(window, event, scaled, milliseconds);
        else told.push(event);
      }
      return { state: withWindow(state, uid, window), events: told };
    },
    due(state, at) {
      const over = Object.entries(state).filter(([, { until }]) => Date.parse(until) <= Date.parse(at));
      return over.reduce<Folded<State>>(
        ({ state, events }, [uid, window]) => ({
          state: withWindow(state, uid, undefined),
          events: [...events, eventOf(window)],
        }),
        { state, events: [] },
      );
    },
  });
}

function uidOf({ before, after }: Step): string | undefined {
  const Kept = z.object({ metadata: z.object({ uid: z.string() }) });
  return Kept.safeParse(after ?? before).data?.metadata.uid;
}

function withWindow(state: State, uid: string, window: Window | undefined): State {
  if (window === state[uid]) return state;
  const { [uid]: _, ...others } = state;
  return window === undefined ? others : { ...others, [uid]: window };
}

/** How a rollout ends says nothing of how many pods there shall be. */
function ends({ until }: Window, { type, timestamp }: SourceEvent): boolean {
  if (type === 'autoscaled') return Date.parse(timestamp) >= Date.parse(until);
  return type !== 'rollout_succeeded' && type !== 'rollout_failed';
}

function widened(
  window: Window | undefined,
  event: SourceEvent,
  { replicas }: z.output<typeof Scaled>,
  milliseconds: number,
): Window {
  const known = window ?? {
    until: new Date(Date.parse(event.timestamp) + milliseconds).toISOString(),
    steps: 0,
    old: replicas.old,
    farthest: replicas.new,
    first: event.timestamp,
  };
  const isFarther = Math.abs(replicas.new - known.old) > Math.abs(known.farthest - known.old);
  return { ...known, steps: known.steps + 1, farthest: isFarther ? replicas.new : known.farthest, event };
}

/** The last step’s event, which knows what has come of it, with the first step’s number and instant. */
function eventOf({ steps, old, farthest, first, event }: Window): SourceEvent {
  const scaled = Scaled.safeParse(event.data).data;
  if (steps === 1 || !scaled) return event;
  const { name, replicas } = scaled;
  const way = old === replicas.new ? `${old} → ${farthest} → ${old}` : `${old} → ${replicas.new}`;
  const data: JsonObject = {
    ...(event.data as JsonObject),
    replicas: { old, new: replicas.new },
    steps,
    farthest,
    since: first,
  };
  return { ...event, title: `${name} autoscaled ${way}`, data };
}
