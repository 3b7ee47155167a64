import { classNames } from '../../components/class-names.js';
import { apart } from '../../components/offset.js';
import { placeOf, type Placed, ticksOf } from './lanes.js';

type Props = {
  events: readonly Placed[];
  halfMs: number;
  isTall?: boolean;
  /** The present, from the moment, where the window reaches beyond it. */
  nowMs?: number;
};

/** When something happened in the window: a tick each, failures taller and red, a line where the moment is. */
export function AxisStrip({ events, halfMs, isTall = false, nowMs = halfMs }: Props) {
  return (
    <svg
      viewBox="0 0 1000 20"
      preserveAspectRatio="none"
      className={classNames('axis', isTall && 'axis-tall')}
      aria-hidden="true"
    >
      {nowMs < halfMs && (
        <rect
          x={Math.max(0, placeOf(nowMs, halfMs))}
          width={1_000 - Math.max(0, placeOf(nowMs, halfMs))}
          height={20}
          className="axis-ahead"
        />
      )}
      <line x1={0} x2={1_000} y1={19.5} y2={19.5} className="axis-base" />
      <line x1={500} x2={500} y1={0} y2={20} className="axis-moment" />
      {ticksOf(events, halfMs).map(({ x, isFailure }) => (
        <line
          key={x}
          x1={x}
          x2={x}
          y1={isFailure ? 3 : 8}
          y2={18}
          className={isFailure ? 'axis-failure' : 'axis-tick'}
        />
      ))}
    </svg>
  );
}

/** The scale above: how far from the moment each quarter of the window lies. */
export function AxisScale({ halfMs }: { halfMs: number }) {
  return (
    <div className="axis-scale" aria-hidden="true">
      <span>−{apart(halfMs)}</span>
      <span>−{apart(halfMs / 2)}</span>
      <span className="text-accent">0</span>
      <span>+{apart(halfMs / 2)}</span>
      <span>+{apart(halfMs)}</span>
    </div>
  );
}
