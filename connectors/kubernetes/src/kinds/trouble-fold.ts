import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Fold, type Folded, defineFold } from './fold.js';

const firstMinutes = 5;
const maxMinutes = 30;
const lastingMilliseconds = 60_000;
const maxNames = 20;

const Event = z.custom<SourceEvent>((value) => typeof value === 'object' && value !== null);

/** What has come behind the first of several alike, within some minutes of it. */
const Window = z.object({
  /** RFC 3339: what comes from here on is of another window. */
  until: z.string(),
  minutes: z.int(),
  /** The key of the first one; none before it has come. */
  key: z.array(z.string()),
  count: z.int(),
  /** The first twenty of those that it is about. */
  names: z.array(z.string()),
  /** The last one. */
  event: Event,
});
type Window = z.output<typeof Window>;

const State = z.object({
  windows: z.record(z.string(), Window),
  /** What is told only if it lasts, by the uid of what it is about. */
  waiting: z.record(z.string(), Event),
});
type State = z.output<typeof State>;

/** What is folded, and how it is called. */
export interface FoldedTroubles {
  /** By what events are alike; undefined: it is told by itself. */
  alike(event: SourceEvent): string | undefined;
  /** Of what an event tells, such as one of several pods, and what these stand under in the data of a window. */
  names?: { of(event: SourceEvent): string; as: string };
  /** Whether an event is told only once it has lasted for a minute. */
  mustLast?(event: SourceEvent): boolean;
}

/**
 * The first of several alike troubles is told at once; those that follow within five minutes are one more event with
 * their number, and those that go on behind them one of up to half an hour each. What must last waits for a minute, and is never told when it ends before.
 */
export function troubleFold(of: FoldedTroubles): Fold {
  return defineFold<State>({
    state: State,
    empty: { windows: {}, waiting: {} },
    heldSeconds: maxMinutes * 60 + lastingMilliseconds / 1_000,
    add(state, step, events) {
      const uid = uidOf(step.after ?? step.before);
      const left = step.after === null ? {} : stillWaiting(step.after, state.waiting[uid]);
      let next = withWaiting(state, uid, left.event);
      const told: SourceEvent[] = [];
      for (const event of events) {
        if (of.mustLast?.(event)) next = withWaiting(next, uid, event);
        else next = tell(next, event, of, told);
      }
      return { state: next, events: told };
    },
    due(state, at) {
      const told: SourceEvent[] = [];
      const waiting = Object.entries(state.waiting);
      const lasting = waiting.filter(([, event]) => hasLasted(event, at));
      if (lasting.length === 0) return closed(state, at, of, told);
      let next: State = {
        ...state,
        waiting: Object.fromEntries(waiting.filter(([, event]) => !hasLasted(event, at))),
      };
      for (const [, event] of lasting.sort(earlierFirst)) next = tell(next, event, of, told);
      return closed(next, at, of, told);
    },
  });
}

const Kept = z.object({ metadata: z.object({ uid: z.string() }) });
const Troubled = z.object({ troubles: z.array(z.object({ id: z.array(z.string()) })).default([]) });

function hasLasted({ timestamp }: SourceEvent, at: string): boolean {
  return Date.parse(timestamp) + lastingMilliseconds <= Date.parse(at);
}

function earlierFirst([, one]: [string, SourceEvent], [, other]: [string, SourceEvent]): number {
  return Date.parse(one.timestamp) - Date.parse(other.timestamp);
}

function uidOf(kept: JsonObject | null): string {
  return Kept.safeParse(kept).data?.metadata.uid ?? '';
}

/** What waits still does while the trouble that it tells is one. */
function stillWaiting(after: JsonObject, event: SourceEvent | undefined): { event?: SourceEvent } {
  const key = event?.key_parts.slice(2).join(' ');
  const troubles = Troubled.safeParse(after).data?.troubles ?? [];
  return event && troubles.some(({ id }) => id.join(' ') === key) ? { event } : {};
}

function withWaiting(state: State, uid: string, event: SourceEvent | undefined): State {
  if (state.waiting[uid] === event) return state;
  const { [uid]: _, ...others } = state.waiting;
  return { ...state, waiting: event === undefined ? others : { ...others, [uid]: event } };
}

function withWindow(state: State, alike: string, window: Window | undefined): State {
  const { [alike]: _, ...others } = state.windows;
  return { ...state, windows: window === undefined ? others : { ...others, [alike]: window } };
}

/** Tells an event, or takes it into the window that it is of. */
function tell(state: State, event: SourceEvent, of: FoldedTroubles, told: SourceEvent[]): State {
  const alike = of.alike(event);
  if (alike === undefined) {
    told.push(event);
    return state;
  }
  const window = windowAt(state.windows[alike], event.timestamp, of, told);
  if (window) return withWindow(state, alike, widened(window, event, of));
  told.push(event);
  return withWindow(state, alike, windowFrom(event.timestamp, firstMinutes, [...event.key_parts], event));
}

function windowFrom(start: string, minutes: number, key: string[], event: SourceEvent): Window {
  const until = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  return { until, minutes, key, count: 0, names: [], event };
}

/**
 * The window that an instant is of, those before it told. Behind one that something came in there is another, twice as
 * long and without a first one: what goes on for days is told now and then, and at once only when it had stopped.
 */
function windowAt(
  window: Window | undefined,
  at: string,
  of: FoldedTroubles,
  told: SourceEvent[],
): Window | undefined {
  if (!window || Date.parse(at) < Date.parse(window.until)) return window;
  if (window.count === 0) return undefined;
  told.push(summaryOf(window, of));
  const minutes = Math.min(window.minutes * 2, maxMinutes);
  return windowAt(windowFrom(window.until, minutes, [], window.event), at, of, told);
}

function widened(window: Window, event: SourceEvent, { names }: FoldedTroubles): Window {
  const { key, count } = window;
  const name = names?.of(event);
  return {
    ...window,
    key: key.length > 0 ? key : [...event.key_parts],
    count: count + 1,
    names: name === undefined ? [] : [...new Set([...window.names, name])].slice(0, maxNames),
    event,
  };
}

function closed(state: State, at: string, of: FoldedTroubles, told: SourceEvent[]): Folded<State> {
  let next = state;
  for (const [alike, window] of Object.entries(state.windows)) {
    const left = windowAt(window, at, of, told);
    if (left !== window) next = withWindow(next, alike, left);
  }
  return { state: next, events: told };
}

/** The last of a window’s events for all that it counts. */
function summaryOf({ minutes, key, count, names, event }: Window, of: FoldedTroubles): SourceEvent {
  return {
    ...event,
    key_parts: [...key, 'more'],
    title: `${event.title} (${count} more within ${minutes} minutes)`,
    data: { ...event.data, count, ...(of.names && { [of.names.as]: names }) },
  };
}
