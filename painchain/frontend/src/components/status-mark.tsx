import type { Tone } from '@painchain/contract/tone';
import { classNames } from './class-names.js';

/** Each glyph is one stroke on a grid of 24, since a timeline draws dozens in every frame of a scroll. */
const looks = {
  good: { path: 'M4 13l5 5L20 6', color: 'text-good' },
  bad: { path: 'M6 6l12 12M18 6L6 18', color: 'text-bad' },
  warning: { path: 'M12 3.5L2.5 20h19zM12 10v4.5M12 17v.5', color: 'text-warning' },
  active: {
    path: 'M10 3.2a9 9 0 0 1 4 0M17.8 5.1a9 9 0 0 1 2.5 3.4M21 12.5a9 9 0 0 1-1.7 4.6M15.6 20.2a9 9 0 0 1-4 .8M7.4 19.7a9 9 0 0 1-3.3-3M3 13a9 9 0 0 1 .5-4.3M6 5.3L7.2 4.4',
    color: 'text-active',
  },
  neutral: { path: 'M12 6.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z', color: 'text-muted' },
} as const;

/** The colour of a tone, as a class. */
export function toneColor(tone: Tone): string {
  return looks[tone].color;
}

/** A state as colour, glyph and word, so that none of them has to be seen alone. */
export function StatusMark({ tone, word, className }: { tone: Tone; word: string; className?: string }) {
  return (
    <span className={classNames('inline-flex min-w-0 items-center gap-1', toneColor(tone), className)}>
      <StatusGlyph tone={tone} />
      <bdi className="truncate">{word}</bdi>
    </span>
  );
}

/** The glyph alone, for where its word stands beside it. */
export function StatusGlyph({ tone }: { tone: Tone }) {
  return (
    <svg viewBox="0 0 24 24" className={classNames('glyph', toneColor(tone))} aria-hidden="true">
      <path d={looks[tone].path} />
    </svg>
  );
}
