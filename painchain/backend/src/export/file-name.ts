import type { Asked } from './formats/format.js';

/** Letters, digits and dashes only: it goes into a header, and onto any disk. */
export function fileName({ from, to, now }: Pick<Asked, 'from' | 'to' | 'now'>, extension: string): string {
  return `painchain-${from === undefined ? 'beginning' : stamp(from)}-${stamp(to ?? now)}.${extension}`;
}

/** 20261124T103500Z */
function stamp(instant: string): string {
  return new Date(instant.toUpperCase()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
