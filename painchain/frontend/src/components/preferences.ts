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
  | 'theme'
  | 'single-keys';

const prefix = 'painchain.';
const listeners = new Set<() => void>();

// A browser may forbid storage altogether, or have no room left; then what is preferred lasts as long as the page.
const unstored = new Map<string, string | undefined>();

function read(name: string): string | undefined {
  if (unstored.has(name)) return unstored.get(name);
  try {
    return localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, text);
    unstored.delete(name);
  } catch {
    unstored.set(name, text);
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
  const now = () => read(name);
  const value = useSyncExternalStore(subscribe, now, now);
  return [value, useCallback((text: string | undefined) => write(name, text), [name])];
}

/** The same outside of a component. */
export function preference(name: PreferenceName): string | undefined {
  return read(name);
}

export function setPreference(name: PreferenceName, text: string | undefined): void {
  write(name, text);
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
