import { TriangleAlert } from 'lucide-react';
import { ProblemError } from '../api/problem-error.js';

type Props = { error: unknown; what: string; onRetry(): void };

/** What failed and why, on a line or two: for what stands beside the rows and must not push them away. */
export function ProblemLine({ error, what, onRetry }: Props) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const detail = error instanceof Error ? error.message : undefined;
  return (
    <div role="alert" className="problem-line">
      <TriangleAlert size={14} className="mt-0.5 shrink-0 text-bad" aria-hidden="true" />
      <p className="min-w-0">
        <strong className="font-semibold text-bad">{what}.</strong> <bdi>{detail}</bdi>
        {problem?.instance !== undefined && (
          <span className="text-muted">
            {' '}
            Request id <code className="value-code">{problem.instance}</code>
          </span>
        )}{' '}
        <button type="button" className="text-button" onClick={onRetry}>
          Try again
        </button>
      </p>
    </div>
  );
}
