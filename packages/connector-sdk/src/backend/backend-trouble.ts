import { HttpError } from '@painchain/runtime/http';
import { SourceError, asSourceError } from '../source-error.js';

/** Whether the backend refuses us, so that only a human helps, or merely can't answer right now. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof SourceError) return error.kind === 'configuration';
  if (!(error instanceof HttpError) || error.kind !== 'status') return false;
  return error.status >= 300 && error.status < 500 && ![408, 425, 429].includes(error.status);
}

/** What to say about a request to the backend that failed: what it is, and what helps. */
export function backendTrouble(error: unknown): { code: string; detail: string; remedy: string } {
  if (!(error instanceof HttpError)) return asSourceError(error);
  const code = error.problem?.type.split(':').at(-1) ?? `backend-${error.status || error.kind}`;
  const detail = error.problem?.detail ?? error.message;
  if (error.status === 401 || error.status === 403) {
    return {
      code,
      detail,
      remedy:
        "Give this connector the backend's connector key, by PAINCHAIN_API_KEY or PAINCHAIN_API_KEY_FILE.",
    };
  }
  if (error.status === 404 && !error.problem) {
    return { code, detail, remedy: 'Check PAINCHAIN_API_URL: it ends in /api.' };
  }
  if (isRefusal(error)) return { code, detail, remedy: detail };
  return { code, detail, remedy: 'Nothing to do: it is tried again until the backend answers.' };
}
