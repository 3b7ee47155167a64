import { useState } from 'react';

/** Further down than this the reader has scrolled away from the newest rows. */
const awayPx = 4;

type Pause = { manual: boolean; away: boolean; releasedFor: string | undefined };

/**
 * Whether new rows are kept back: when the reader asked for it, has scrolled down or looks at a row, since then
 * nothing may move under their eyes.
 */
export function usePause(selected: string | undefined, toTop: () => void) {
  const [pause, setPause] = useState<Pause>({ manual: false, away: false, releasedFor: undefined });
  const paused = pause.manual || pause.away || (selected !== undefined && pause.releasedFor !== selected);
  const scrolled = (offset: number) => {
    const away = offset > awayPx;
    setPause((now) => (now.away === away ? now : { ...now, away }));
  };
  const toggle = () => {
    if (!paused) {
      setPause((now) => ({ ...now, manual: true }));
      return;
    }
    setPause({ manual: false, away: false, releasedFor: selected });
    toTop();
  };
  return { paused, scrolled, toggle };
}
