import type { HomeSearch } from '../../address/home-search.js';
import { useCoverage } from '../../address/use-coverage.js';
import { useZone } from '../clock.js';
import { StatusGlyph } from '../status-mark.js';
import { emptyFinding } from './words.js';

/** What it is worth that there is no row: whether nothing changed, or nobody can say. */
export function EmptyWords({ search }: { search: HomeSearch }) {
  const zone = useZone();
  const { coverage, isWhole, isStale } = useCoverage(search);
  // Of another window, or of other sources, it would prove what nobody knows.
  if (!coverage || isStale) return null;
  const { tone, text } = emptyFinding(coverage, isWhole, zone);
  return (
    <p role="status" className="flex items-start gap-2 text-left">
      <span className="mt-0.5">
        <StatusGlyph tone={tone} />
      </span>
      <bdi>{text}</bdi>
    </p>
  );
}
