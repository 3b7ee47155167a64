import { createContext, useContext, useEffect, useRef } from 'react';

export const sections = ['Timeline', 'Event', 'Time', 'View', 'Go'] as const;
export type Section = (typeof sections)[number];

/** Something that can be done on a page: by its keys, and by its name in the palette. Help lists them all. */
export type Command = {
  /** Unique on the page. */
  id: string;
  title: string;
  section: Section;
  /** Each by itself: `j`, `Escape`, `?`, two in a row such as `g h`, or with Ctrl or ⌘ `Mod+k`. */
  keys?: readonly string[];
  /** Undefined: there is nothing to do it to at the moment. */
  run: ((event?: KeyboardEvent) => void) | undefined;
};

/** What can be done on a page at the moment: each feature puts in its own. */
export class CommandRegistry {
  readonly #sets = new Map<object, readonly Command[]>();

  put(owner: object, commands: readonly Command[]): void {
    this.#sets.set(owner, commands);
  }

  remove(owner: object): void {
    this.#sets.delete(owner);
  }

  all(): Command[] {
    return [...this.#sets.values()].flat();
  }

  byKey(key: string): Command | undefined {
    return this.all().find(({ keys, run }) => run && keys?.includes(key));
  }
}

export const CommandsContext = createContext(new CommandRegistry());

/** Puts these commands on the page for as long as the component is there. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(CommandsContext);
  const owner = useRef({});
  useEffect(() => registry.put(owner.current, commands));
  useEffect(() => {
    const mine = owner.current;
    return () => registry.remove(mine);
  }, [registry]);
}

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
    event.target.closest('[role=tablist], [role=radiogroup], [role=slider], [role=menu], [data-scrolls]') !==
      null
  );
}

/**
 * Runs the commands of the page by their keys. Single keys never act while somebody types, and not at all where they
 * are switched off; Escape and keys with Ctrl or ⌘ always do.
 */
export function useCommandKeys(registry: CommandRegistry, hasSingleKeys: boolean): void {
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const isModified = event.ctrlKey || event.metaKey;
      if (!isModified && (isTyping(event.target) || belongsToControl(event))) return;
      const isSingle = !isModified && event.key.length === 1;
      if (isSingle && !hasSingleKeys) return;
      const pair = first && event.timeStamp - first.at < sequenceMs ? `${first.key} ${event.key}` : '';
      if (!isModified) first = { key: event.key, at: event.timeStamp };
      const command = isModified
        ? registry.byKey(`Mod+${event.key.toLowerCase()}`)
        : (registry.byKey(pair) ?? registry.byKey(event.key));
      if (!command?.run) return;
      event.preventDefault();
      command.run(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [registry, hasSingleKeys]);
}
