import { redactText } from '@painchain/runtime';

const marker = '…';

/** A text that PostgreSQL and JSON can keep: no NUL, no lone surrogate, nothing that looks like a secret. */
export function storableText(text: string): string {
  return redactText(text.replace(/[\0\p{Surrogate}]/gu, '\ufffd'));
}

/** At most `max` UTF-16 units, ending in `…` when it was longer, and never cut through a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - marker.length).replace(/[\ud800-\udbff]$/, '')}${marker}`;
}

/** A long text cut with a word about how much is missing. */
export function cutLongText(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… [${text.length - kept.length} more characters cut]`;
}

export function isBlank(text: string): boolean {
  return !/\S/u.test(text);
}
