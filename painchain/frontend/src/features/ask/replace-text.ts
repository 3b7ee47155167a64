import type { Span } from '@painchain/query';

/** Replaces a part of what is in a box, as if it had been typed: it can be undone, and whoever listens hears of it. */
export function replaceText(input: HTMLInputElement, { from, to }: Span, insert: string): void {
  input.focus();
  input.setSelectionRange(from, to);
  if (document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert)) return;
  input.setRangeText(insert, from, to, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
