import { randomUUID } from 'node:crypto';
import { limits } from '@painchain/contract';
import { UnsafeNumber } from '../strict-json/unsafe-number.js';

/**
 * The JSON of a refused item, to be kept: what can't be stored stands in it as an escape, its numbers as they
 * were written. Cut after as many characters as an event may have bytes; what is cut can't be redriven.
 */
export function rejectedText(item: unknown): string {
  const mark = randomUUID();
  const text = JSON.stringify(item, (_key, value: unknown) =>
    value instanceof UnsafeNumber ? mark + value.token : value,
  );
  return storableText(text.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1'), limits.eventBytes);
}

/** Cuts a text, which may split a pair of surrogates, to one that can be stored. */
export function storableText(text: string, max: number): string {
  return text.slice(0, max).replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
