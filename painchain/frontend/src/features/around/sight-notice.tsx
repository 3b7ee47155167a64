import { TriangleAlert } from 'lucide-react';
import { useZone } from '../../components/clock.js';
import type { Sight } from './sight.js';
import { gapSentence, laterSentence, wholeSentence } from './sight-words.js';

const mostGaps = 3;

/** Where something may be missing that happened in the window. */
export function GapNotice({ sight }: { sight: Sight }) {
  const zone = useZone();
  if (sight.gaps.length === 0) return null;
  const rest = sight.gaps.length - mostGaps;
  return (
    <div role="status" className="bar bar-warning items-start">
      <TriangleAlert size={16} aria-hidden="true" className="mt-0.5" />
      <ul>
        {sight.gaps.slice(0, mostGaps).map((gap, index) => (
          <li key={index} className="line-clamp-2">
            <bdi>{gapSentence(gap, zone)}</bdi>
          </li>
        ))}
        {rest > 0 && <li>and {rest} more, see Settings</li>}
      </ul>
    </div>
  );
}

/** What was seen completely. */
export function SightWords({ sight, toMs }: { sight: Sight; toMs: number }) {
  const zone = useZone();
  const words = [wholeSentence(sight, toMs, zone), laterSentence(sight, zone)].filter(
    (sentence) => sentence !== undefined,
  );
  return words.length === 0 ? null : <p className="text-muted">{words.join(' ')}</p>;
}
