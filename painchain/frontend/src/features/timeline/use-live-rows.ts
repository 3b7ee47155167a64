import type { TimelineRow } from '@painchain/contract';
import { type RefObject, useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { apiUrl } from '../../api/client.js';
import { useZone } from '../../components/clock.js';
import { LiveTail, type TailState } from './live-tail.js';
import { isWithin } from './merge-rows.js';
import type { HomeSearch } from '../../address/home-search.js';
import { boundsOf } from '../../address/time-range.js';

type Options = {
  search: HomeSearch;
  /** Rows of the pages, which the tail may repeat. */
  loaded: TimelineRow[];
  /** Where the pages' snapshot ends; undefined while there is none. */
  cursor: string | undefined;
  /** Fields of the added columns, which the tail's rows bring along. */
  fields: string[] | undefined;
  /** Paused: what arrives is kept back. */
  held: boolean;
  /** The pointer rests on a row: what arrives is shown, but stays fresh until it leaves. */
  reading: RefObject<boolean>;
  /** False when nothing new can fall into the range. */
  active: boolean;
  poll: () => Promise<TimelineRow[]>;
  /** Loads the pages anew, after which `generation` is another. */
  reload: () => Promise<void>;
  generation: number;
};

type State = {
  tail: TailState | 'off';
  shown: TimelineRow[];
  /** How many of `shown` have found their place; the others are fresh. */
  settled: number;
  waiting: TimelineRow[];
  /** The stream can't be continued: there is a hole after what it brought. */
  isBroken: boolean;
  lagSeconds: number;
  updatedAt: number;
};
type Action =
  | { kind: 'begin' }
  | { kind: 'state'; state: TailState | 'off' }
  | { kind: 'break' }
  | { kind: 'lag'; seconds: number }
  | { kind: 'rows'; rows: TimelineRow[]; held: boolean; reading: boolean; at: number }
  | { kind: 'release' }
  | { kind: 'settle' };

/** More rows than this in one tail are better read as pages again. */
const longestTail = 2_000;
/** So that a stream that keeps refusing doesn't turn into a storm of pages. */
const reloadAfterMs = 500;

const nothing: State = {
  tail: 'off',
  shown: [],
  settled: 0,
  waiting: [],
  isBroken: false,
  lagSeconds: 0,
  updatedAt: 0,
};

function reduce(state: State, action: Action): State {
  if (action.kind === 'begin') return nothing;
  if (action.kind === 'state') return { ...state, tail: action.state };
  if (action.kind === 'break') return { ...state, isBroken: true };
  if (action.kind === 'lag') return { ...state, lagSeconds: action.seconds };
  if (action.kind === 'rows') {
    const next = receive({ ...state, lagSeconds: 0, updatedAt: action.at }, action.rows, action.held);
    return action.reading ? next : settle(next);
  }
  if (action.kind === 'settle') return settle(state);
  if (state.waiting.length === 0) return state;
  return settle({ ...state, shown: [...state.shown, ...state.waiting], waiting: [] });
}

function settle(state: State): State {
  return state.settled === state.shown.length ? state : { ...state, settled: state.shown.length };
}

function receive(state: State, rows: TimelineRow[], held: boolean): State {
  const known = new Set([...state.shown, ...state.waiting].map((row) => row.id));
  const fresh = rows.filter((row) => !known.has(row.id));
  if (fresh.length === 0) return state;
  return held
    ? { ...state, waiting: [...state.waiting, ...fresh] }
    : { ...state, shown: [...state.shown, ...fresh] };
}

/** The rows that the live tail brought since the page was loaded. */
export function useLiveRows(options: Options) {
  const { search, loaded, cursor, fields, held, reading, active, poll, reload, generation } = options;
  const zone = useZone();
  const [state, dispatch] = useReducer(reduce, nothing);
  const latest = useRef({ held, zone });
  useEffect(() => {
    latest.current = { held, zone };
    if (!held) dispatch({ kind: 'release' });
  }, [held, zone]);

  useEffect(() => {
    dispatch({ kind: 'begin' });
    if (cursor === undefined || !active) return undefined;
    const tail = new LiveTail({
      cursor,
      address: (from) => apiUrl('/timeline/stream', { q: search.q, cursor: from, fields }),
      poll,
      events: {
        state: (next) => dispatch({ kind: 'state', state: next }),
        lag: (seconds) => dispatch({ kind: 'lag', seconds }),
        reset: () => dispatch({ kind: 'break' }),
        rows: (rows) => {
          const bounds = boundsOf(search, Date.now(), latest.current.zone);
          const within = rows.filter((row) => isWithin(row, bounds));
          dispatch({
            kind: 'rows',
            rows: within,
            held: latest.current.held,
            reading: reading.current,
            at: Date.now(),
          });
        },
      },
    });
    const look = () => (document.hidden ? tail.pause() : tail.start());
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      tail.stop();
    };
  }, [search, cursor, fields, reading, active, poll, generation]);

  // Whoever reads keeps their place: what can't be mended without the pages is mended when they are through.
  const isSpent = !held && (state.isBroken || state.shown.length > longestTail);
  useEffect(() => {
    if (!isSpent) return undefined;
    const timer = setTimeout(() => void reload(), reloadAfterMs);
    return () => clearTimeout(timer);
  }, [isSpent, reload]);

  // A row of the past that is only collected now is no news.
  const news = useMemo(() => {
    const known = new Set(loaded.map((row) => row.id));
    return state.waiting.filter((row) => !row.backfill && !known.has(row.id)).length;
  }, [state.waiting, loaded]);
  const { shown, settled } = state;
  return {
    state: state.tail,
    rows: shown,
    /** Ids of rows that came in while somebody reads. */
    fresh: useMemo(() => new Set(shown.slice(settled).map(({ id }) => id)), [shown, settled]),
    /** Nobody reads any more: what is fresh finds its place. */
    settle: useCallback(() => dispatch({ kind: 'settle' }), []),
    news,
    lagSeconds: state.lagSeconds,
    updatedAt: state.updatedAt,
  };
}
