import { ProblemError } from '../api/problem-error.js';

type Props = { error: unknown; what: string; onRetry(): void };

/** What failed, why, under which request id it is found in the log, and a way to try again. */
export function ProblemBox({ error, what, onRetry }: Props) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const detail = problem?.detail ?? (error instanceof Error ? error.message : undefined);
  return (
    <div role="alert" className="notice-box">
      <h2 className="font-semibold text-bad">{what}</h2>
      <p>
        {problem?.title}
        {detail !== undefined && detail !== problem?.title && (
          <>
            {problem && ': '}
            <bdi>{detail}</bdi>
          </>
        )}
      </p>
      {problem?.errors && (
        <ul className="list-disc pl-5">
          {problem.errors.slice(0, 10).map((fault, index) => (
            <li key={index}>
              <code className="value-code">{fault.pointer}</code> <bdi>{fault.detail}</bdi>
            </li>
          ))}
        </ul>
      )}
      {problem?.instance !== undefined && (
        <p className="text-muted">
          Request id <code className="value-code">{problem.instance}</code>
        </p>
      )}
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
