import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Command, CommandRegistry, keyHandler } from './commands.js';

/** An element that is in these places, by selectors, the way `closest` sees it. */
class FakeElement {
  readonly tagName: string;
  readonly isContentEditable: boolean;
  readonly #type: string | undefined;
  readonly #within: readonly string[];

  constructor(tag: string, { type, within = [], editable = false }: FakeOptions = {}) {
    this.tagName = tag.toUpperCase();
    this.isContentEditable = editable;
    this.#type = type;
    this.#within = [tag, ...within];
  }

  getAttribute(name: string): string | null {
    return name === 'type' ? (this.#type ?? null) : null;
  }

  closest(selectors: string): FakeElement | null {
    return selectors.split(', ').some((each) => this.#within.includes(each)) ? this : null;
  }
}
type FakeOptions = { type?: string; within?: string[]; editable?: boolean };

type Press = Partial<Omit<KeyboardEvent, 'target'>> & { at?: FakeElement };

let ran: string[];
let singleKeys: boolean;
let now: number;
let handler: (event: KeyboardEvent) => void;
let registry: CommandRegistry;

/** Presses a key and tells whether the page took it. */
function press(key: string, { at, ...rest }: Press = {}): boolean {
  let taken = false;
  now += 10;
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
  const event = { ...plain, key, target: at ?? null, timeStamp: now, defaultPrevented: false, ...rest };
  handler({ ...event, preventDefault: () => (taken = true) } as unknown as KeyboardEvent);
  return taken;
}

function command(key: string, section: Command['section'] = 'Go'): Command {
  return { id: key, title: key, section, keys: [key], run: () => void ran.push(key) };
}

beforeEach(() => {
  vi.stubGlobal('HTMLElement', FakeElement);
  [ran, singleKeys, now] = [[], true, 1_000];
  registry = new CommandRegistry();
  registry.put(
    {},
    ['j', 's', 'g h', 'g s', '?', '[', 'Enter', 'Escape', 'ArrowDown', 'End', 'Mod+k'].map((key) =>
      command(key),
    ),
  );
  handler = keyHandler(registry, () => singleKeys);
});
afterEach(() => void vi.unstubAllGlobals());

describe('keys', () => {
  it('run their command and nobody else’s', () => {
    expect(press('j')).toBe(true);
    expect(press('y')).toBe(false);
    expect(press('?', { shiftKey: true })).toBe(true);
    expect(ran).toEqual(['j', '?']);
  });

  it('run one of two in a row instead of the second by itself', () => {
    press('g');
    press('s');
    press('s');
    expect(ran).toEqual(['g s', 's']);
  });

  it('forget the first after a second, and keep it over Shift', () => {
    press('g');
    now += 1_000;
    press('s');
    press('g');
    press('Shift', { shiftKey: true });
    press('h');
    expect(ran).toEqual(['s', 'g h']);
  });

  it('mean the same with Caps Lock, and something else with Shift', () => {
    expect(press('J')).toBe(true);
    expect(press('J', { shiftKey: true })).toBe(false);
    expect(press('K', { ctrlKey: true })).toBe(true);
    expect(press('K', { ctrlKey: true, shiftKey: true })).toBe(false);
    expect(ran).toEqual(['j', 'Mod+k']);
  });

  it('take a sign from keyboards that need AltGr or Option for it, and leave Alt to the browser', () => {
    expect(press('[', { altKey: true, ctrlKey: true })).toBe(true);
    expect(press('[', { altKey: true })).toBe(true);
    expect(press('j', { altKey: true })).toBe(false);
  });

  it('leave Ctrl and ⌘ with a letter of a command to the browser', () => {
    expect(press('s', { ctrlKey: true })).toBe(false);
    expect(press('j', { metaKey: true })).toBe(false);
    expect(press('k', { metaKey: true })).toBe(true);
    expect(ran).toEqual(['Mod+k']);
  });

  it('are no commands while a letter is composed, or when another listener took them', () => {
    expect(press('j', { isComposing: true })).toBe(false);
    expect(press('j', { defaultPrevented: true })).toBe(false);
    expect(ran).toEqual([]);
  });

  it('leave a command alone that can’t run now, and let another with the same key run', () => {
    registry.put({}, [{ ...command('x'), run: undefined }]);
    expect(press('x')).toBe(false);
    registry.put({}, [{ ...command('x'), id: 'other' }]);
    expect(press('x')).toBe(true);
  });

  it('are gone with the component that put them in', () => {
    const owner = {};
    registry.put(owner, [command('x')]);
    registry.remove(owner);
    expect(press('x')).toBe(false);
  });
});

describe('keys while something else has the focus', () => {
  it.each([
    ['input', {}],
    ['input', { type: 'search' }],
    ['textarea', {}],
    ['select', {}],
    ['div', { editable: true }],
  ])('are text in %s %o, but for those with Ctrl', (tag, options) => {
    const at = new FakeElement(tag, options);
    for (const key of ['j', '?', 'Enter', 'Escape', 'ArrowDown']) expect(press(key, { at })).toBe(false);
    expect(press('k', { at, ctrlKey: true })).toBe(true);
  });

  it('act at a checkbox, which takes no text', () => {
    expect(press('j', { at: new FakeElement('input', { type: 'checkbox' }) })).toBe(true);
  });

  it('reach the control that they press', () => {
    const button = new FakeElement('button');
    expect(press('Enter', { at: button })).toBe(false);
    expect(press('j', { at: button })).toBe(true);
    expect(press('ArrowDown', { at: new FakeElement('div', { within: ['[role=tablist]'] }) })).toBe(false);
    expect(press('End', { at: new FakeElement('div', { within: ['[data-scrolls]'] }) })).toBe(false);
    for (const key of ['ArrowDown', 'End']) expect(press(key, { at: new FakeElement('div') })).toBe(true);
  });

  it('belong to a window or a menu that is open, and Escape to a sheet', () => {
    for (const within of ['[data-own-keys]', '[role=menu]']) {
      const at = new FakeElement('button', { within: [within] });
      for (const key of ['j', 'Escape']) expect(press(key, { at })).toBe(false);
      expect(press('k', { at, ctrlKey: true })).toBe(false);
    }
    const sheet = new FakeElement('div', { within: ['dialog'] });
    expect(press('Escape', { at: sheet })).toBe(false);
    expect(press('j', { at: sheet })).toBe(true);
  });
});

describe('single keys that are switched off', () => {
  it('do nothing, while Escape, Enter, arrows and keys with Ctrl go on', () => {
    singleKeys = false;
    for (const key of ['j', '?', '[', 'g', 'h']) expect(press(key)).toBe(false);
    for (const key of ['Escape', 'Enter', 'ArrowDown']) expect(press(key)).toBe(true);
    expect(press('k', { ctrlKey: true })).toBe(true);
  });
});

describe('the commands of a page', () => {
  it('come section by section, in the order of each', () => {
    const registry = new CommandRegistry();
    registry.put({}, [command('a', 'Go'), command('b', 'Timeline')]);
    registry.put({}, [command('c', 'Timeline'), command('d', 'Time')]);
    expect(registry.all().map(({ id }) => id)).toEqual(['b', 'c', 'd', 'a']);
  });
});
