import { useMemo, useRef, useState } from 'react';

/** Further down than this the reader has scrolled away from the newest rows. */
export const awayPx = 4;

type State = { manual: boolean; away: boolean; focused: boolean; releasedFor: string | undefined };

const flowing: State = { manual: false, away: false, focused: false, releasedFor: undefined };

/**
 * Whether new rows are kept back: when the reader asked for it, has scrolled down, has a row open or the focus on
 * one, since then nothing may move under their eyes. A pointer that rests on a row is no pause: what is new goes above
 * it, out of sight.
 */
export function usePause(selected: string | undefined, toTop: () => void) {
  const [state, setState] = useState(flowing);
  const reading = useRef(false);
  const paused =
    state.manual || state.away || state.focused || (selected !== undefined && state.releasedFor !== selected);
  const told = useMemo(() => {
    const set = (name: 'away' | 'focused', is: boolean) =>
      setState((now) => (now[name] === is ? now : { ...now, [name]: is }));
    return {
      /** How far the reader is from the newest rows. */
      scrolled: (offset: number) => set('away', offset > awayPx),
      focused: (is: boolean) => set('focused', is),
      pointed: (is: boolean) => {
        reading.current = is;
      },
    };
  }, []);
  const toggle = () => {
    setState(paused ? { ...flowing, releasedFor: selected } : (now) => ({ ...now, manual: true }));
    if (paused) toTop();
  };
  return { paused, toggle, reading, ...told };
}

export type Pause = ReturnType<typeof usePause>;
