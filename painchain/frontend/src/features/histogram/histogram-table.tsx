import { useZone } from '../../components/clock.js';
import { stretchText } from './texts.js';
import type { Bucket } from './buckets.js';

type Props = { buckets: readonly Bucket[]; labels: readonly string[] };

/** The same as numbers. */
export function HistogramTable({ buckets, labels }: Props) {
  const zone = useZone();
  const hasOthers = buckets.some(({ others }) => others > 0) && labels.length > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls must be reached by the keyboard.
    <div className="histogram-table" role="region" aria-label="Events over time as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Events</th>
            <th scope="col">Failures</th>
            {labels.map((label, index) => (
              <th key={index} scope="col">
                <bdi>{label}</bdi>
              </th>
            ))}
            {hasOthers && <th scope="col">Other</th>}
          </tr>
        </thead>
        <tbody>
          {buckets.toReversed().map((bucket) => (
            <tr key={bucket.fromMs}>
              <th scope="row">{stretchText(bucket, zone)}</th>
              <td>{totalOf(bucket)}</td>
              <td className={bucket.failures > 0 ? 'text-bad' : undefined}>
                {bucket.failures.toLocaleString('en')}
              </td>
              {labels.map((_, index) => (
                <td key={index}>{(bucket.values[index] ?? 0).toLocaleString('en')}</td>
              ))}
              {hasOthers && <td>{bucket.others.toLocaleString('en')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function totalOf({ count, counted }: Bucket): string {
  if (counted === 'none') return 'not counted';
  return counted === 'part' ? `at least ${count.toLocaleString('en')}` : count.toLocaleString('en');
}
