import { problemOf, unreachable } from '../../api/problem-error.js';

/**
 * Asks whether a file will come before the browser is sent to fetch it: a download that fails tells nobody why. The
 * file itself is never held in memory. Throws a ProblemError.
 */
export async function checkExport(url: string): Promise<void> {
  const head = await answerTo(url, { method: 'HEAD' });
  if (head.ok) return;
  // An answer to HEAD has no body that could tell why.
  const abort = new AbortController();
  const answer = await answerTo(url, { signal: abort.signal });
  if (!answer.ok) throw await problemOf(answer);
  abort.abort();
}

async function answerTo(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch {
    throw unreachable();
  }
}
