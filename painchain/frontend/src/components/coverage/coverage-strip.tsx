import type { CoverageKind, CoverageStretch } from '@painchain/contract';
import { useId } from 'react';
import { useZone } from '../clock.js';
import { kindWord, stretchWords } from './words.js';

type Props = {
  stretches: readonly CoverageStretch[];
  /** What is shown, in one sentence. */
  label: string;
  width: number;
  height?: number;
  /** Where an instant lies, in px from the left. */
  place(ms: number): number;
};

const fills: Record<CoverageKind, string> = {
  complete: 'var(--good)',
  pending: 'var(--line)',
  late: 'var(--warning)',
  blind: 'var(--bad)',
  reconstructed: 'var(--active)',
  not_connected: 'var(--line-strong)',
};

/** What is less than complete is striped as well, for who can't tell the colours apart. */
const striped: readonly CoverageKind[] = ['blind', 'late', 'not_connected'];
/** A gap of a second in a month must still be seen. */
const leastGapPx = 3;

/** A window of time as a thin line that shows in what quality each part of it was seen. */
export function CoverageStrip({ stretches, label, width, height = 4, place }: Props) {
  const zone = useZone();
  const stripes = useId();
  return (
    <svg
      role="img"
      aria-label={label}
      className="coverage-strip"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <defs>
        <pattern
          id={stripes}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="1.5" height="4" style={{ fill: 'var(--surface)' }} />
        </pattern>
      </defs>
      {inOrderOfWeight(stretches).map((stretch) => {
        const { from, to, kind, reason } = stretch;
        const x = place(Date.parse(from));
        const isGap = striped.includes(kind);
        const wide = Math.max(place(Date.parse(to)) - x, isGap ? leastGapPx : 0);
        const title = `${kindWord(kind)} ${stretchWords(stretch, zone)}${reason === undefined ? '' : `: ${reason}`}`;
        return (
          <g key={from}>
            <rect x={x} width={wide} height={height} style={{ fill: fills[kind] }}>
              <title>{title}</title>
            </rect>
            {isGap && (
              <rect x={x} width={wide} height={height} fill={`url(#${stripes})`} pointerEvents="none" />
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** What may be missing is drawn last, so that nothing covers it. */
function inOrderOfWeight(stretches: readonly CoverageStretch[]): CoverageStretch[] {
  const weight = ({ kind }: CoverageStretch) => striped.indexOf(kind);
  return stretches.toSorted((one, other) => Number(weight(one) >= 0) - Number(weight(other) >= 0));
}

/** Places instants of a window evenly over a width. */
export function evenly({ from, to }: { from: string; to: string }, width: number): (ms: number) => number {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const span = Math.max(1, toMs - fromMs);
  return (ms) => Math.min(width, Math.max(0, ((ms - fromMs) / span) * width));
}
