import type { Coverage } from '@painchain/contract';
import { useMemo } from 'react';
import { useZone } from '../../components/clock.js';
import { CoverageStrip } from '../../components/coverage/coverage-strip.js';
import { finding } from '../../components/coverage/words.js';
import type { Bucket } from './buckets.js';
import { slotsOf, type Slot } from './geometry.js';

type Props = {
  coverage: Coverage;
  buckets: readonly Bucket[];
  width: number;
  partial: number | undefined;
};

/** Under the bars: how completely each stretch of their time was seen. */
export function CoverageLine({ coverage, buckets, width, partial }: Props) {
  const zone = useZone();
  const slots = useMemo(() => slotsOf(buckets, width, partial), [buckets, width, partial]);
  return (
    <CoverageStrip
      stretches={coverage.stretches}
      label={`How completely this was seen: ${finding(coverage, zone).text}`}
      width={width}
      place={(ms) => placeOf(ms, buckets, slots, width)}
    />
  );
}

/** Where an instant lies among the bars. The last one may have more room than its time, in which it grows. */
export function placeOf(
  ms: number,
  buckets: readonly Bucket[],
  slots: readonly Slot[],
  width: number,
): number {
  const index = Math.max(
    0,
    buckets.findLastIndex(({ fromMs }) => fromMs <= ms),
  );
  const [bucket, slot, first] = [buckets[index], slots[index], buckets[0]];
  if (!bucket || !slot || !first) return 0;
  const msPerPx = (first.toMs - first.fromMs) / (slots[0]?.width || 1) || 1;
  const within = Math.max(0, (ms - bucket.fromMs) / msPerPx);
  return Math.min(width, slot.x + Math.min(slot.width, within));
}
