/** Items from `start` on, up to but without `end`. */
export type Span = { start: number; end: number };

/** Beyond either edge, so that the next frame of a scroll finds its rows there. */
const marginPx = 160;
/**
 * Rows come and go by so many at once: what a frame costs in which any do hardly depends on how many, so that a few
 * such frames are cheaper than one after the other.
 */
const step = 16;

/** The items that a scrolled list shows, with some beyond; it may reach past the last one. */
export function rowsInSight(scrolled: number, viewport: number, itemHeight: number): Span {
  const margin = Math.ceil(marginPx / itemHeight);
  const first = Math.floor(Math.max(0, scrolled) / itemHeight) - margin;
  const count = Math.ceil(viewport / itemHeight) + 2 * margin + step;
  const start = Math.max(0, Math.floor(first / step) * step);
  return { start, end: start + Math.ceil(count / step) * step + step };
}
