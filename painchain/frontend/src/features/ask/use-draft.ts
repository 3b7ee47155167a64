import { useState } from 'react';

/** A box of one line has no room for line breaks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

type Draft = { text: string; address: string; isFocused: boolean };

/** What stands in the box once the address says something else: that, unless somebody is typing. */
export function followed({ text, address, isFocused }: Draft, next: string): string {
  const isTyping = isFocused && text.trim() !== address.trim();
  return isTyping || text.trim() === next.trim() ? text : next;
}

/** The text of the box: it follows the address, and is what somebody types until it is applied. */
export function useDraft(q: string | undefined) {
  const next = oneLine(q ?? '');
  const [address, setAddress] = useState(next);
  const [text, setText] = useState(next);
  const [isFocused, setFocused] = useState(false);
  if (address !== next) {
    setAddress(next);
    setText(followed({ text, address, isFocused }, next));
  }
  return { text, setText, isFocused, setFocused, isApplied: text.trim() === next.trim() };
}
