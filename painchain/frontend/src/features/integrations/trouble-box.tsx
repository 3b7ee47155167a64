import type { Trouble } from '@painchain/contract';
import { TriangleAlert } from 'lucide-react';
import { Instant } from '../../components/instant.js';
import { CodedText } from '../../components/coded-text.js';

/** What went wrong and what to do about it. */
export function TroubleBox({ trouble }: { trouble: Trouble }) {
  return (
    <div className="trouble">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warning" aria-hidden="true" />
      <div className="min-w-0 break-words">
        <p>
          <CodedText text={trouble.detail} />{' '}
          <span className="text-muted">
            since <Instant at={trouble.since} />
          </span>
        </p>
        <p>
          <span className="font-semibold">What to do: </span>
          <CodedText text={trouble.remedy} />
        </p>
      </div>
    </div>
  );
}
