import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useZone, type Zone } from '../../components/clock.js';
import { HoverContext } from '../../components/hovered.js';
import { ticksOf } from './axis.js';
import { Bars, Hatches, RowMark } from './bars.js';
import { type Bucket, stretchOf } from './buckets.js';
import { columnsPath, roomOf, slotAt, slotsOf } from './geometry.js';
import { bucketText, countText, stretchText } from './texts.js';
import { BucketNote } from './tooltip.js';
import { useBrush } from './use-brush.js';
import { useCursor } from './use-cursor.js';

type Stretch = { fromMs: number; toMs: number };
type Props = {
  buckets: readonly Bucket[];
  width: number;
  height: number;
  colours: readonly string[];
  partial: number | undefined;
  /** Of the series, in their order, as the colours are. */
  labels: readonly string[];
  onZoom(stretch: Stretch): void;
  onOut(): void;
  /** Right below the bars, on the same scale. */
  children?: ReactNode;
};

/** At most; see histogram.css. */
const noteWidth = 320;

/** The bars, what is drawn over them, and the ways to zoom. */
export function Plot(props: Props) {
  const { buckets, width, height, colours, partial, labels, onZoom, onOut, children } = props;
  const zone = useZone();
  const slots = useMemo(() => slotsOf(buckets, width, partial), [buckets, width, partial]);
  const ticks = useMemo(() => ticksOf(buckets, slots, width, zone), [buckets, slots, width, zone]);
  const [isFocused, setIsFocused] = useState(false);
  const [hovered, setHovered] = useHoveredBucket(buckets);
  const zoom = (one: number, other: number) => {
    const stretch = stretchOf(buckets, one, other);
    if (stretch) onZoom(stretch);
  };
  const cursor = useCursor({ count: buckets.length, onZoom: zoom, onOut });
  const { brush, handlers } = useBrush({
    onBrush: ({ fromX, toX }) => zoom(slotAt(slots, fromX), slotAt(slots, toX)),
    onPick: (x, reach) => zoom(slotAt(slots, x - reach), slotAt(slots, x + reach)),
    onOut,
    onHover: (x) => setHovered(x === undefined ? undefined : slotAt(slots, x)),
  });
  const selected: [number, number] | undefined = brush
    ? [slotAt(slots, brush.fromX), slotAt(slots, brush.toX)]
    : isFocused && cursor.from !== cursor.at
      ? [cursor.from, cursor.at]
      : undefined;
  const marked = hovered ?? (isFocused ? cursor.at : undefined);
  const stretch = selected && stretchOf(buckets, ...selected);
  const current = buckets[cursor.at];
  const highest = Math.max(0, ...buckets.map(({ count }) => count));
  return (
    <div className="histogram-plot" style={{ height }}>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Stretch of time. Arrow keys move, Shift selects, Enter zooms in, Backspace zooms out"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, buckets.length)}
        aria-valuenow={cursor.at + 1}
        aria-valuetext={selectionText(stretch, current && bucketText(current, zone), zone)}
        className="histogram-bars"
        onKeyDown={cursor.onKeyDown}
        onFocus={(event) => setIsFocused(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => {
          setIsFocused(false);
          cursor.leave();
        }}
        {...handlers}
      >
        <svg width={width} height={height} aria-hidden="true" focusable="false">
          <Hatches />
          {marked !== undefined && (
            <path d={columnsPath([slots[marked]], height)} className="histogram-mark" />
          )}
          <RowMark buckets={buckets} slots={slots} height={height} />
          <Bars buckets={buckets} slots={slots} height={height} colours={colours} partial={partial} />
          {selected && (
            <path d={columnsPath([roomOf(slots, ...selected)], height)} className="histogram-selection" />
          )}
        </svg>
      </div>
      {highest > 0 && (
        <span className="histogram-most" aria-hidden="true" title="The highest bar">
          {highest.toLocaleString('en')}
        </span>
      )}
      {children}
      <div className="histogram-axis" aria-hidden="true">
        {ticks.map(({ x, label }) => (
          <span key={x} style={{ left: x }}>
            {label}
          </span>
        ))}
      </div>
      {marked !== undefined && (
        <Floating x={slots[marked]} width={width}>
          {stretch && selected ? (
            <SelectionNote
              inside={buckets.slice(Math.min(...selected), Math.max(...selected) + 1)}
              text={stretchText(stretch, zone)}
              way={brush ? 'release' : 'Enter'}
            />
          ) : (
            <BucketNote
              bucket={buckets[marked]}
              labels={labels}
              colours={colours}
              isPartial={marked === partial}
            />
          )}
        </Floating>
      )}
    </div>
  );
}

function selectionText(stretch: Stretch | undefined, current: string | undefined, zone: Zone) {
  return stretch ? `Selected ${stretchText(stretch, zone)}` : current;
}

function SelectionNote({ inside, text, way }: { inside: readonly Bucket[]; text: string; way: string }) {
  const count = inside.reduce((sum, bucket) => sum + bucket.count, 0);
  return (
    <>
      <p className="font-semibold">{text}</p>
      <p className="text-muted">
        {countText(count, 'event')} · {way} to zoom, Esc to give up
      </p>
    </>
  );
}

/** Beside the bar, on the side where there is more room. */
function Floating({
  x,
  width,
  children,
}: {
  x: { x: number; width: number } | undefined;
  width: number;
  children: ReactNode;
}) {
  if (!x) return null;
  const isLeft = x.x + x.width / 2 > width / 2;
  const side = isLeft
    ? { right: Math.min(width - x.x + 8, width - noteWidth) }
    : { left: Math.min(x.x + x.width + 8, width - noteWidth) };
  return (
    <div className="histogram-tooltip popup" aria-hidden="true" style={side}>
      {children}
    </div>
  );
}

/** The bar under the pointer, told to those who mark its rows. */
function useHoveredBucket(buckets: readonly Bucket[]) {
  const store = useContext(HoverContext);
  const [hovered, setHovered] = useState<number>();
  const bucket = hovered === undefined ? undefined : buckets[hovered];
  const { fromMs, toMs } = bucket ?? {};
  useEffect(() => {
    if (fromMs === undefined || toMs === undefined) return undefined;
    store.set({ kind: 'bar', fromMs, toMs });
    return () => store.set(undefined);
  }, [store, fromMs, toMs]);
  return [bucket ? hovered : undefined, setHovered] as const;
}
