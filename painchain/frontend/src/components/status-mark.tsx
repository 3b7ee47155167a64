import type { Tone } from '@painchain/contract/tone';
import { Check, Circle, CircleDashed, TriangleAlert, X } from 'lucide-react';
import { classNames } from './class-names.js';

const looks = {
  good: { Glyph: Check, color: 'text-good' },
  bad: { Glyph: X, color: 'text-bad' },
  warning: { Glyph: TriangleAlert, color: 'text-warning' },
  active: { Glyph: CircleDashed, color: 'text-active' },
  neutral: { Glyph: Circle, color: 'text-muted' },
} as const;

/** A state as colour, glyph and word, so that none of them has to be seen alone. */
export function StatusMark({ tone, word, className }: { tone: Tone; word: string; className?: string }) {
  const { color } = looks[tone];
  return (
    <span className={classNames('inline-flex min-w-0 items-center gap-1', color, className)}>
      <StatusGlyph tone={tone} />
      <bdi className="truncate">{word}</bdi>
    </span>
  );
}

/** The glyph alone, for where its word stands beside it. */
export function StatusGlyph({ tone }: { tone: Tone }) {
  const { Glyph, color } = looks[tone];
  const size = tone === 'neutral' ? 9 : 14;
  return (
    <span className={classNames('inline-flex w-4 shrink-0 justify-center', color)} aria-hidden="true">
      <Glyph size={size} strokeWidth={2.5} />
    </span>
  );
}
