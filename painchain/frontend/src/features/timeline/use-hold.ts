import { type RefObject, useRef } from 'react';
import type { VirtualRowsHandle } from '../../components/virtual-rows.js';
import { awayPx, type Pause } from './use-pause.js';

/**
 * Live rows while the pointer rests on one: they go above, out of sight, so that none moves under the pointer. The
 * rows are scrolled for that, which is not the reader's doing, and so no pause. It is over at the top, where it ends by
 * itself when the pointer leaves.
 */
export function useHold(list: RefObject<VirtualRowsHandle | null>, pause: Pause, onSettle: () => void) {
  const heldPx = useRef(0);
  const end = () => {
    heldPx.current = 0;
    onSettle();
  };
  const toTop = () => {
    list.current?.toTop();
    end();
  };
  return {
    toTop,
    /** Rows were put above. */
    kept: (px: number, isFresh: boolean) => {
      if (isFresh) heldPx.current += px;
    },
    scrolled: (offset: number) => {
      if (heldPx.current > 0 && offset <= awayPx) end();
      pause.scrolled(offset - heldPx.current);
    },
    left: () => {
      if (heldPx.current > 0 && !pause.paused) toTop();
      else if (heldPx.current === 0) onSettle();
    },
  };
}
