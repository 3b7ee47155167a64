import { type RefCallback, useCallback, useState } from 'react';

/** How wide a place is, in whole pixels; 0 until it is known. */
export function useWidth(): [ref: RefCallback<HTMLElement>, width: number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((place: HTMLElement | null) => {
    if (!place) return undefined;
    const measure = () => setWidth(Math.floor(place.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
