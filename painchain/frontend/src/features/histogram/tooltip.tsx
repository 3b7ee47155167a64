import { useZone } from '../../components/clock.js';
import { StatusGlyph } from '../../components/status-mark.js';
import type { Bucket } from './buckets.js';
import { otherColour } from './colours.js';
import { countText, stretchText } from './texts.js';

type Props = {
  bucket: Bucket | undefined;
  labels: readonly string[];
  colours: readonly string[];
  isPartial: boolean;
};

/** What happened in the stretch of time under the pointer. */
export function BucketNote({ bucket, labels, colours, isPartial }: Props) {
  const zone = useZone();
  if (!bucket) return null;
  const { count, values, others, failures, counted } = bucket;
  const parts = labels.map((label, index) => ({ label, count: values[index] ?? 0, colour: colours[index] }));
  if (labels.length > 0) parts.push({ label: 'Other', count: others, colour: otherColour });
  return (
    <>
      <p className="font-semibold">{stretchText(bucket, zone)}</p>
      <p>
        {counted === 'none' ? 'Not counted' : countText(count, 'event')}
        {counted === 'part' && ' at least'}
        {isPartial && <span className="text-muted"> · still going on</span>}
      </p>
      {failures > 0 && (
        <p className="flex items-center gap-1 text-bad">
          <StatusGlyph tone="bad" /> {countText(failures, 'failure')}
        </p>
      )}
      <ul>
        {parts
          .filter((part) => part.count > 0)
          .map((part, index) => (
            <li key={index} className="flex items-center gap-2">
              <span className="swatch" style={{ background: part.colour }} />
              <bdi className="min-w-0 flex-1 truncate">{part.label}</bdi>
              <span className="tabular-nums">{part.count.toLocaleString('en')}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
