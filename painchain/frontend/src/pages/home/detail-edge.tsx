import { type PointerEvent, useState } from 'react';
import { narrowest, widest, widthByKey, within } from './detail-width.js';

type Props = {
  width: number;
  /** While it is dragged, and when that is over. */
  onWidth(width: number, isDone: boolean): void;
};

/** The left edge of the panel: dragged, or moved by the arrow keys. */
export function DetailEdge({ width, onWidth }: Props) {
  const [grip, setGrip] = useState<{ x: number; width: number }>();
  const widthAt = ({ clientX }: PointerEvent, from: { x: number; width: number }) =>
    within(from.width + from.x - clientX);
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the event panel"
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuenow={width}
      className="detail-edge"
      onKeyDown={(event) => {
        const next = widthByKey(width, event.key);
        if (next === undefined) return;
        event.preventDefault();
        onWidth(next, true);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        // What the panel really takes: a small window may not give it all of its width.
        const shown = event.currentTarget.parentElement?.getBoundingClientRect().width ?? width;
        setGrip({ x: event.clientX, width: shown });
      }}
      onPointerMove={(event) => grip && onWidth(widthAt(event, grip), false)}
      onPointerUp={(event) => {
        if (grip) onWidth(widthAt(event, grip), true);
        setGrip(undefined);
      }}
      onPointerCancel={() => setGrip(undefined)}
      onLostPointerCapture={() => setGrip(undefined)}
    />
  );
}
