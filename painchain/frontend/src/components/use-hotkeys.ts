import { useEffect, useRef } from 'react';

/** Keys by name: `j`, `Escape`, `?`, or two in a row such as `g h`. */
export type Hotkeys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const sequenceMs = 1_000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Keys that would press a control must reach it. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key === 'Enter') return event.target.closest('a, button, summary') !== null;
  return (
    event.key.startsWith('Arrow') &&
    event.target.closest('[role=tablist], [role=radiogroup], [data-scrolls]') !== null
  );
}

/** Single keys for the whole page. They never act while somebody types or with a modifier held. */
export function useHotkeys(keys: Hotkeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || belongsToControl(event)) return;
      const pair = first && event.timeStamp - first.at < sequenceMs ? `${first.key} ${event.key}` : '';
      first = { key: event.key, at: event.timeStamp };
      const action = latest.current[pair] ?? latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
