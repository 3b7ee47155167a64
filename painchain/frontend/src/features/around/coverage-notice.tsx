import type { Coverage } from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useZone } from '../../components/clock.js';
import { withGaps } from '../../components/coverage/gaps.js';
import { finding, gapWords } from '../../components/coverage/words.js';
import { StatusMark } from '../../components/status-mark.js';

const mostGaps = 3;

/** Where something may be missing that happened in the window. */
export function GapNotice({ coverage }: { coverage: Coverage }) {
  const zone = useZone();
  const gaps = withGaps(coverage).flatMap((integration) => gapWords(integration, zone, coverage.now) ?? []);
  if (gaps.length === 0) return null;
  const rest = gaps.length - mostGaps;
  return (
    <div role="status" className="bar bar-warning items-start">
      <TriangleAlert size={16} aria-hidden="true" className="mt-0.5" />
      <ul>
        {gaps.slice(0, mostGaps).map((words) => (
          <li key={words} className="line-clamp-2">
            <bdi>{words}</bdi>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <Link to="/settings" className="link">
              and {rest} more
            </Link>
          </li>
        )}
      </ul>
    </div>
  );
}

/** What was seen completely. */
export function CoverageWords({ coverage }: { coverage: Coverage }) {
  const { tone, text } = finding(coverage, useZone());
  return tone === 'good' ? <StatusMark tone={tone} word={text} className="text-muted" /> : null;
}
