import { useCallback, useSyncExternalStore } from 'react';

/** What one browser prefers: how things are shown, never which. It is kept under these names. */
export type PreferenceName =
  | 'owner'
  | 'recent-queries'
  | 'pinned-facets'
  | 'added-facets'
  | 'facets-folded'
  | 'hidden-fields'
  | 'detail-width'
  | 'histogram'
  | 'row-height'
  | 'single-keys';

const prefix = 'painchain.';
const listeners = new Set<() => void>();

// A browser may forbid storage altogether; then what is preferred lasts as long as the page.
const fallback = new Map<string, string>();

function read(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? fallback.get(name);
  } catch {
    return fallback.get(name);
  }
}

function write(name: string, text: string | undefined): void {
  if (text === undefined) fallback.delete(name);
  else fallback.set(name, text);
  try {
    if (text === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, text);
  } catch {
    // Kept in `fallback`.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const changedElsewhere = (event: StorageEvent) => {
    if (event.key === null || event.key.startsWith(prefix)) listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', changedElsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', changedElsewhere);
  };
}

/**
 * A preference as text, and the way to set it; undefined forgets it. Whoever reads it must expect anything: an older
 * version may have written it, or the reader.
 */
export function usePreference(
  name: PreferenceName,
): [value: string | undefined, set: (text: string | undefined) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name));
  return [value, useCallback((text: string | undefined) => write(name, text), [name])];
}

/** The same outside of a component. */
export function preference(name: PreferenceName): string | undefined {
  return read(name);
}

/** A list of texts in a preference; what is none of that is left out. */
export function textList(text: string | undefined): string[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(parsed) ? parsed.filter((each): each is string => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
