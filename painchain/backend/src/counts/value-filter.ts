import type { Bind } from '../query/bind.js';
import { isStorable } from '../query/storable.js';

/** Whether a value may be listed, as SQL: without a text that is looked for, each is. */
export function contains(value: string, text: string | undefined, bind: Bind): string {
  if (text === undefined) return 'true';
  return isStorable(text) ? `strpos(lower(${value}), lower(${bind(text, 'text')})) > 0` : 'false';
}
