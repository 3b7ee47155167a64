import { type KeyboardEvent, useState } from 'react';

/** The bucket that the keys are at, and the one where a selection began. */
type Cursor = { at: number; from: number };

type Options = {
  count: number;
  onZoom(one: number, other: number): void;
  onOut(): void;
};

const page = 10;

/** Where a key leads from a bucket; undefined for keys that lead nowhere. */
export function moved(key: string, at: number, count: number): number | undefined {
  const to = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/**
 * Goes from bucket to bucket by the arrow keys, selects with Shift, zooms in with Enter and out with Backspace. It
 * begins at the newest.
 */
export function useCursor({ count, onZoom, onOut }: Options) {
  const [cursor, setCursor] = useState<Cursor>();
  const at = Math.min(cursor?.at ?? count - 1, count - 1);
  const from = Math.min(cursor?.from ?? at, count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(event.key, at, count);
    if (to !== undefined) setCursor({ at: to, from: event.shiftKey ? from : to });
    else if (event.key === 'Enter') {
      onZoom(from, at);
      setCursor(undefined);
    } else if (event.key === 'Backspace') onOut();
    else if (event.key === 'Escape' && from !== at) setCursor({ at, from: at });
    else return;
    event.preventDefault();
  };
  return { at, from, onKeyDown, leave: () => setCursor(undefined) };
}
