import type { Problem } from '@painchain/contract';

/** A request that failed: with the backend's problem, or `unreachable` when no answer of the backend came. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    readonly unreachable: boolean,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** True when the backend gave no answer of its own, as opposed to an answer that we don't like. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ProblemError && error.unreachable;
}

/** True when the backend says that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'title' in body &&
    'status' in body &&
    typeof body.title === 'string'
  );
}

/** Turns an answer that is no success into an error. A gateway's 502–504 means that the backend is gone. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ProblemError(body, false);
  const gone = response.status >= 502 && response.status <= 504;
  return new ProblemError(
    {
      type: 'about:blank',
      title: gone ? 'The backend cannot be reached' : 'An answer that is not understood',
      status: response.status,
      detail: `The server answered ${response.status} ${response.statusText}`.trim() + '.',
    },
    gone,
  );
}

/** The error for a request that never got an answer. */
export function unreachable(): ProblemError {
  return new ProblemError(
    {
      type: 'about:blank',
      title: 'The backend cannot be reached',
      status: 0,
      detail: 'No answer came. Is the backend running?',
    },
    true,
  );
}
