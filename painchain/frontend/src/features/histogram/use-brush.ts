import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

type Places = { fromX: number; toX: number };
type Options = {
  onBrush(places: Places): void;
  /** `reach` is how far to each side a finger may have meant. */
  onPick(x: number, reach: number): void;
  onOut(): void;
  onHover(x: number | undefined): void;
};

/** A shorter way is a shaky click. */
const leastWay = 4;
/** Within this a second click makes it a double click. */
const doubleMs = 220;
/** Half of what a finger needs. */
const fingerReach = 22;

function xOf(event: MouseEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.min(box.width, Math.max(0, event.clientX - box.left));
}

/** Drag, click and double click on the plot. Escape gives up what is being drawn. */
export function useBrush({ onBrush, onPick, onOut, onHover }: Options) {
  const [brush, setBrush] = useState<Places>();
  const startX = useRef<number>(undefined);
  const wasBrush = useRef(false);
  const click = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(click.current), []);
  const stop = () => {
    startX.current = undefined;
    setBrush(undefined);
  };
  const isBrushing = brush !== undefined;
  useEffect(() => {
    if (!isBrushing) return undefined;
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      startX.current = undefined;
      setBrush(undefined);
    };
    document.addEventListener('keydown', pressed, true);
    return () => document.removeEventListener('keydown', pressed, true);
  }, [isBrushing]);

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasBrush.current = false;
      if (event.button !== 0) return;
      startX.current = xOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const x = xOf(event);
      onHover(x);
      const from = startX.current;
      if (from === undefined || (!brush && Math.abs(x - from) < leastWay)) return;
      wasBrush.current = true;
      setBrush({ fromX: from, toX: x });
    },
    onPointerUp: () => {
      if (brush) onBrush(brush);
      stop();
    },
    onPointerCancel: stop,
    onPointerLeave: () => onHover(undefined),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (wasBrush.current || event.detail > 1) return;
      const x = xOf(event);
      const isFinger = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
      clearTimeout(click.current);
      click.current = setTimeout(() => onPick(x, isFinger ? fingerReach : 0), doubleMs);
    },
    onDoubleClick: () => {
      clearTimeout(click.current);
      onOut();
    },
  };
  return { brush, handlers };
}
