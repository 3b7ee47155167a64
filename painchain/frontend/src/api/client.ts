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
  const response = await answerTo(url, {
    headers: { accept: 'application/json' },
    ...(signal && { signal }),
  });
  return readBody<Answer>(response, signal);
}

/** Sends JSON and reads the answer's; one without content is undefined. Throws as getJson does. */
export async function sendJson<Answer = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
): Promise<Answer> {
  const response = await answerTo(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? (undefined as Answer) : readBody<Answer>(response);
}

async function answerTo(url: string, request: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function readBody<Answer>(response: Response, signal?: AbortSignal): Promise<Answer> {
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
