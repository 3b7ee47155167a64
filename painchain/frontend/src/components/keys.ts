type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

const sign = /^[\p{P}\p{S}]$/u;

/**
 * What a press is called among the keys of commands: `j`, `Escape`, `?`, `Mod+k`. Undefined: it is no command's, but
 * the browser's, or part of a letter that is still being composed.
 */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }: Press): string | undefined {
  if (isComposing) return undefined;
  // On many keyboards `[` is typed with AltGr, which counts as Ctrl and Alt, or with Option.
  if (altKey) return sign.test(key) && !metaKey ? key : undefined;
  if (ctrlKey || metaKey) return `Mod+${shiftKey ? 'Shift+' : ''}${key.toLowerCase()}`;
  // Caps Lock is no intention.
  return key.length === 1 && !shiftKey ? key.toLowerCase() : key;
}

const untypedInputs = /^(?:button|checkbox|color|file|image|radio|range|reset|submit)$/;

function isTyping(target: HTMLElement): boolean {
  if (target.tagName === 'INPUT') return !untypedInputs.test(target.getAttribute('type') ?? '');
  return target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName);
}

// What is left out of the page's keys by a place in it, as selectors.
const ownKeys = '[data-own-keys], [role=menu], [role=listbox]';
const ownEnter = 'a, button, summary, label, input';
const ownMoves = '[role=tablist], [role=radiogroup], [role=slider], [data-scrolls], input';

/** Whether a key that is pressed there belongs to what has the focus, and not to the page. */
export function restsAt(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(ownKeys)) return true;
  if (key.startsWith('Mod+')) return false;
  if (isTyping(target)) return true;
  if (key === 'Escape') return target.closest('dialog, [role=dialog]') !== null;
  if (key === 'Enter' || key === ' ') return target.closest(ownEnter) !== null;
  return /^(?:Arrow|Page|Home$|End$)/.test(key) && target.closest(ownMoves) !== null;
}

/** Apple's keyboards have ⌘ where others have Ctrl. */
export function isApple(userAgent: string): boolean {
  return /Mac|iPhone|iPad/.test(userAgent);
}

const faces: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** The caps to press one after the other, as they are printed on a keyboard. */
export function capsOf(key: string, apple: boolean): string[] {
  if (key === ' ') return ['Space'];
  return key.split(' ').map((one) => {
    if (!one.startsWith('Mod+')) return faces[one] ?? one;
    const parts = one.split('+').slice(1);
    const named = parts.map((part) => faces[part] ?? (part.length === 1 ? part.toUpperCase() : part));
    return apple ? `⌘${named.join('').replace('Shift', '⇧')}` : `Ctrl ${named.join(' ')}`;
  });
}
