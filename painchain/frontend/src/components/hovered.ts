import { createContext, useContext, useSyncExternalStore } from 'react';

/** What the pointer rests on: a moment of a row, or the stretch of a bar. In ms; `toMs` is not included. */
export type Hovered = { kind: 'row'; atMs: number } | { kind: 'bar'; fromMs: number; toMs: number };

/**
 * What lies under the pointer, for those who mark the same elsewhere. No state of a component: moving the pointer over
 * a thousand rows must not render them.
 */
export class HoverStore {
  #hovered: Hovered | undefined;
  readonly #listeners = new Set<() => void>();

  get = (): Hovered | undefined => this.#hovered;

  set = (hovered: Hovered | undefined): void => {
    this.#hovered = hovered;
    for (const listener of this.#listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const HoverContext = createContext(new HoverStore());

/** What of the hovered matters here. Renders only when that changes, so `select` gives something comparable. */
export function useHovered<Selected extends string | number | boolean | undefined>(
  select: (hovered: Hovered | undefined) => Selected,
): Selected {
  const store = useContext(HoverContext);
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
