import { createContext, useContext, useSyncExternalStore } from 'react';

export type Zone = 'local' | 'utc';

/** The zone in which every instant below is shown. */
export const ZoneContext = createContext<Zone>('local');

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present in ms, renewed every five seconds by one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
}

export function useZone(): Zone {
  return useContext(ZoneContext);
}
