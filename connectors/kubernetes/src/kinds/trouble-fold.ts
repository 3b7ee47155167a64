import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Step } from '../translate/facts.js';
import { type Fold, type Folded, defineFold } from './fold.js';

const firstMinutes = 5;
const maxMinutes = 30;
const lastingMilliseconds = 60_000;
const maxNames = 20;

const Event = z.custom<SourceEvent>((value) => typeof value === 'object' && value !== null);

/** What has come behind the first of several alike, within some minutes of it. */
const Window = z.object({
  /** What they are alike by. */
  alike: z.string(),
  /** RFC 3339: what comes from here on is of another window. */
  until: z.string(),
  minutes: z.int(),
  /** The key of the first one; none before it has come. */
  key: z.array(z.string()),
  count: z.int(),
  /** The first twenty of those that it is about. */
  names: z.array(z.string()),
  /** The last one that is counted. */
  event: Event.optional(),
});
type Window = z.output<typeof Window>;

/** What is told only if it lasts, by the uid of what it is about. */
const Waiting = z.object({ uid: z.string(), event: Event });
type Waiting = z.output<typeof Waiting>;

/** Lists, since thousands of pods may be evicted at once: to copy one with each of them costs next to nothing. */
const State = z.object({ windows: z.array(Window), waiting: z.array(Waiting) });
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
 * their number, and those that go on behind them one of up to half an hour each. What must last waits for a minute, and
 * is never told when it ends before.
 */
export function troubleFold(of: FoldedTroubles): Fold {
  return defineFold<State>({
    state: State,
    empty: { windows: [], waiting: [] },
    heldSeconds: maxMinutes * 60 + lastingMilliseconds / 1_000,
    add(state, step, events) {
      const uid = uidOf(step.after ?? step.before);
      const waiting = state.waiting.find((one) => one.uid === uid);
      let next = waiting && isOver(waiting, step) ? withoutWaiting(state, waiting) : state;
      const told: SourceEvent[] = [];
      for (const event of events) {
        if (of.mustLast?.(event))
          next = { ...next, waiting: withItem(next.waiting, (one) => one.uid === uid, { uid, event }) };
        else next = tell(next, event, of, told);
      }
      return { state: next, events: told };
    },
    due(state, at) {
      const told: SourceEvent[] = [];
      const lasting = state.waiting.filter(({ event }) => hasLasted(event, at)).sort(earlierFirst);
      let next = state;
      if (lasting.length > 0) {
        next = { ...state, waiting: state.waiting.filter(({ event }) => !hasLasted(event, at)) };
        for (const { event } of lasting) next = tell(next, event, of, told);
      }
      return closed(next, at, of, told);
    },
  });
}

const Kept = z.object({ metadata: z.object({ uid: z.string() }) });
const Troubled = z.object({ troubles: z.array(z.object({ id: z.array(z.string()) })).default([]) });

function hasLasted({ timestamp }: SourceEvent, at: string): boolean {
  return Date.parse(timestamp) + lastingMilliseconds <= Date.parse(at);
}

function earlierFirst({ event: one }: Waiting, { event: other }: Waiting): number {
  return Date.parse(one.timestamp) - Date.parse(other.timestamp);
}

function uidOf(kept: JsonObject | null): string {
  return Kept.safeParse(kept).data?.metadata.uid ?? '';
}

/** What waits does so while the trouble that it tells is one. */
function isOver({ event }: Waiting, { after }: Step): boolean {
  const key = event.key_parts.slice(2).join(' ');
  const troubles = Troubled.safeParse(after).data?.troubles ?? [];
  return troubles.every(({ id }) => id.join(' ') !== key);
}

function withoutWaiting(state: State, waiting: Waiting): State {
  return { ...state, waiting: state.waiting.filter((one) => one !== waiting) };
}

/** A list with an item instead of the one that it is a later form of, if there is one. */
function withItem<Item>(items: readonly Item[], isEarlier: (item: Item) => boolean, item: Item): Item[] {
  const index = items.findIndex(isEarlier);
  return index < 0 ? [...items, item] : items.with(index, item);
}

function withWindow(state: State, window: Window): State {
  return { ...state, windows: withItem(state.windows, ({ alike }) => alike === window.alike, window) };
}

/** Tells an event, or takes it into the window that it is of. */
function tell(state: State, event: SourceEvent, of: FoldedTroubles, told: SourceEvent[]): State {
  const alike = of.alike(event);
  if (alike === undefined) {
    told.push(event);
    return state;
  }
  const known = state.windows.find((one) => one.alike === alike);
  const window = windowAt(known, event.timestamp, of, told);
  if (window) return withWindow(state, widened(window, event, of));
  told.push(event);
  return withWindow(state, windowFrom(alike, event.timestamp, firstMinutes, [...event.key_parts]));
}

function windowFrom(alike: string, start: string, minutes: number, key: string[]): Window {
  const until = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  return { alike, until, minutes, key, count: 0, names: [] };
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
  const { alike, until, minutes, event } = window;
  if (event === undefined) return undefined;
  told.push(summaryOf(window, event, of));
  return windowAt(windowFrom(alike, until, Math.min(minutes * 2, maxMinutes), []), at, of, told);
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
  const left = state.windows.map((window) => windowAt(window, at, of, told));
  if (left.every((window, index) => window === state.windows[index])) return { state, events: told };
  return { state: { ...state, windows: left.filter((window) => window !== undefined) }, events: told };
}

/** The last of a window’s events for all that it counts. */
function summaryOf(
  { minutes, key, count, names }: Window,
  event: SourceEvent,
  of: FoldedTroubles,
): SourceEvent {
  return {
    ...event,
    key_parts: [...key, 'more'],
    title: `${event.title} (${count} more within ${minutes} minutes)`,
    data: { ...event.data, count, ...(of.names && { [of.names.as]: names }) },
  };
}
