import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Fold, type Folded, defineFold } from './fold.js';

const windowMilliseconds = 300_000;
const lastingMilliseconds = 60_000;
const maxNames = 20;

const Event = z.custom<SourceEvent>((value) => typeof value === 'object' && value !== null);

/** What has come behind the first of several alike, within five minutes of it. */
const Window = z.object({
  /** RFC 3339: what comes from here on is of another window. */
  until: z.string(),
  /** The key of the first one. */
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
  /** Of what an event tells: one of several pods. */
  nameOf(event: SourceEvent): string;
  /** What the names of one window stand under in its data. */
  namesAs: string;
  /** Whether an event is told only once it has lasted for a minute. */
  mustLast(event: SourceEvent): boolean;
}

/**
 * The first of several alike troubles is told at once; those that follow within five minutes are one more event with
 * their number. What must last waits for a minute, and is never told when it ends before.
 */
export function troubleFold(of: FoldedTroubles): Fold {
  return defineFold<State>({
    state: State,
    empty: { windows: {}, waiting: {} },
    heldSeconds: (windowMilliseconds + lastingMilliseconds) / 1_000,
    add(state, step, events) {
      const uid = uidOf(step.after ?? step.before);
      const left = step.after === null ? {} : stillWaiting(step.after, state.waiting[uid]);
      let next = withWaiting(state, uid, left.event);
      const told: SourceEvent[] = [];
      for (const event of events) {
        if (of.mustLast(event)) next = withWaiting(next, uid, event);
        else next = tell(next, event, of, told);
      }
      return { state: next, events: told };
    },
    due(state, at) {
      const told: SourceEvent[] = [];
      const lasting = Object.entries(state.waiting)
        .filter(([, event]) => Date.parse(event.timestamp) + lastingMilliseconds <= Date.parse(at))
        .sort(([, one], [, other]) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
      let next = state;
      for (const [uid, event] of lasting) next = tell(withWaiting(next, uid, undefined), event, of, told);
      return closed(next, at, of, told);
    },
  });
}

const Kept = z.object({ metadata: z.object({ uid: z.string() }) });
const Troubled = z.object({ troubles: z.array(z.object({ id: z.array(z.string()) })).default([]) });

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
  const window = state.windows[alike];
  if (window && Date.parse(event.timestamp) < Date.parse(window.until)) {
    const names = [...new Set([...window.names, of.nameOf(event)])].slice(0, maxNames);
    return withWindow(state, alike, { ...window, count: window.count + 1, names, event });
  }
  if (window) told.push(...summaryOf(window, of));
  told.push(event);
  const until = new Date(Date.parse(event.timestamp) + windowMilliseconds).toISOString();
  return withWindow(state, alike, { until, key: [...event.key_parts], count: 0, names: [], event });
}

function closed(state: State, at: string, of: FoldedTroubles, told: SourceEvent[]): Folded<State> {
  let next = state;
  for (const [alike, window] of Object.entries(state.windows)) {
    if (Date.parse(window.until) > Date.parse(at)) continue;
    told.push(...summaryOf(window, of));
    next = withWindow(next, alike, undefined);
  }
  return { state: next, events: told };
}

/** The last of a window’s events for all of them but the first, which has been told. */
function summaryOf({ key, count, names, event }: Window, { namesAs }: FoldedTroubles): SourceEvent[] {
  if (count === 0) return [];
  return [
    {
      ...event,
      key_parts: [...key, 'more'],
      title: `${event.title} (${count} more within five minutes)`,
      data: { ...event.data, count, [namesAs]: names },
    },
  ];
}
