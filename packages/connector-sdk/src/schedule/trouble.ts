import type { Trouble } from '@painchain/contract';
import { cutText, storableText } from '../storable/storable-text.js';

/** A trouble as the contract takes it: in bounds, with nothing in it that can't be stored or looks secret. */
export function troubleOf(fault: { code: string; detail: string; remedy: string }, since: string): Trouble {
  return {
    code: cutText(storableText(fault.code), 100),
    detail: cutText(storableText(fault.detail), 2_000),
    remedy: cutText(storableText(fault.remedy), 2_000),
    since,
  };
}
