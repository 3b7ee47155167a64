import { memo } from 'react';
import { useHovered } from '../../components/hovered.js';
import { type Bucket, bucketAt } from './buckets.js';
import { failureColour, otherColour } from './colours.js';
import { barPath, columnsPath, layerPaths, type Slot } from './geometry.js';

type Props = {
  buckets: readonly Bucket[];
  slots: readonly Slot[];
  height: number;
  /** Of the series, in their order. */
  colours: readonly string[];
  partial: number | undefined;
};

/** All bars: one path for each series, whatever the number of buckets. */
export const Bars = memo(function Bars({ buckets, slots, height, colours, partial }: Props) {
  const fills = [...colours, otherColour, failureColour];
  const unknown = slots.filter((_, index) => buckets[index]?.counted === 'none');
  return (
    <>
      <path d={columnsPath(unknown, height)} fill="url(#histogram-unknown)" />
      {layerPaths(buckets, slots, height).map((path, layer) => (
        <path key={layer} d={path} style={{ fill: fills[layer] }} />
      ))}
      <path d={unfinishedPath(buckets, slots, height, partial)} fill="url(#histogram-hatch)" />
    </>
  );
});

/** Bars that are not the whole truth: the one that is not over, and those that were counted in part. */
function unfinishedPath(
  buckets: readonly Bucket[],
  slots: readonly Slot[],
  height: number,
  partial: number | undefined,
): string {
  const highest = Math.max(0, ...buckets.map(({ count }) => count));
  return buckets
    .map((bucket, index) => {
      const slot = slots[index];
      const isUnfinished = index === partial || bucket.counted === 'part';
      return isUnfinished && slot ? barPath(bucket, slot, highest, height) : '';
    })
    .join('');
}

/** The patterns that the bars are hatched with. */
export function Hatches() {
  return (
    <defs>
      <pattern
        id="histogram-hatch"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="2.5" height="5" style={{ fill: 'var(--surface)', opacity: 0.75 }} />
      </pattern>
      <pattern
        id="histogram-unknown"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="1" height="5" style={{ fill: 'var(--line-strong)' }} />
      </pattern>
    </defs>
  );
}

/** Marks the bucket of the row under the pointer. It alone renders when that changes. */
export function RowMark({ buckets, slots, height }: Pick<Props, 'buckets' | 'slots' | 'height'>) {
  const index = useHovered((hovered) =>
    hovered?.kind === 'row' ? bucketAt(buckets, hovered.atMs) : undefined,
  );
  if (index === undefined) return null;
  return <path d={columnsPath([slots[index]], height)} className="histogram-mark" />;
}
