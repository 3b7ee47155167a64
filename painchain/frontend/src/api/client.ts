import { ProblemError, problemOf, unreachable } from './problem-error.js';

export type QueryParameters = Record<string, string | number | readonly string[] | undefined>;

/** A path under /api with its query; a list becomes a repeated parameter. */
export function apiUrl(path: string, parameters: QueryParameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) search.append(name, one);
  }
  const query = search.toString();
  return `/api${path}${query && `?${query}`}`;
}

/** Reads JSON from the backend. Throws a ProblemError for everything but a success, or the abort's own error. */
export async function getJson<Answer>(url: string, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ProblemError(
      { type: 'about:blank', title: 'An answer that is not understood', status: response.status },
      false,
    );
  }
}
