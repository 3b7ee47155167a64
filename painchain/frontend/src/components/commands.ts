import { createContext, useContext, useEffect, useRef } from 'react';
import { keyOf, restsAt } from './keys.js';

export const sections = ['Timeline', 'Event', 'Time', 'View', 'Integration', 'Go'] as const;
export type Section = (typeof sections)[number];

/** Something that can be done on a page: by its keys, and by its name in the palette. Help lists those with keys. */
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

  /** Section by section. */
  all(): Command[] {
    const found = [...this.#sets.values()].flat();
    return sections.flatMap((section) => found.filter((command) => command.section === section));
  }

  /** Where several have the key, what came onto the page last lies above the rest. */
  byKey(key: string): Command | undefined {
    return [...this.#sets.values()].flat().findLast(({ keys, run }) => run && keys?.includes(key));
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

/**
 * Runs the commands of a page by their keys. Single keys never act while somebody types, and not at all where they
 * are switched off; keys with Ctrl or ⌘ always do.
 */
export function keyHandler(
  registry: CommandRegistry,
  hasSingleKeys: () => boolean,
): (event: KeyboardEvent) => void {
  let first: { key: string; at: number } | undefined;
  return (event) => {
    const key = event.defaultPrevented ? undefined : keyOf(event);
    if (key === undefined || restsAt(event.target, key)) return;
    if (key.length === 1 && !hasSingleKeys()) return;
    const isSecond = first !== undefined && event.timeStamp - first.at < sequenceMs;
    const pair = isSecond ? registry.byKey(`${first?.key} ${key}`) : undefined;
    if (pair) first = undefined;
    else if (key.length === 1) first = { key, at: event.timeStamp };
    const command = pair ?? registry.byKey(key);
    if (!command?.run) return;
    event.preventDefault();
    command.run(event);
  };
}

export function useCommandKeys(registry: CommandRegistry, hasSingleKeys: boolean): void {
  const single = useRef(hasSingleKeys);
  useEffect(() => {
    single.current = hasSingleKeys;
  });
  useEffect(() => {
    const pressed = keyHandler(registry, () => single.current);
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [registry]);
}
