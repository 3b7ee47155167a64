import { setTimeout as sleep } from 'node:timers/promises';
import { BatchAnswer, type JsonObject, type NewTeam, TeamList, type ItemResult } from '@painchain/contract';
import { createHttpClient, HttpError } from '@painchain/runtime/http';

/** The API cannot take what it is sent; the message names the remedy. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

/** What was sent cannot be read as a whole. */
class UnreadableError extends ApiError {}

/** What was sent cannot be beside what is there. */
class ConflictError extends ApiError {}

export interface Api {
  /** One result for each event, in their order. Waits and tries again where that may help. */
  send(events: readonly JsonObject[]): Promise<ItemResult[]>;
  teams(): Promise<{ name: string; tags: string[] }[]>;
  /** Why there can be no such team beside those that there are; undefined when there is. */
  createTeam(team: NewTeam): Promise<string | undefined>;
  close(): Promise<void>;
}

const longestPauseMs = 30_000;

/** How long nobody may answer before the import ends; started again it passes over what is there. */
const patienceMs = 10 * 60_000;

export function openApi(url: string, say: (line: string) => void, patience = patienceMs): Api {
  const client = createHttpClient({ baseUrl: url, timeoutMs: 60_000 });
  const ask = async (method: 'GET' | 'POST', path: string, json?: unknown) => {
    const giveUpAt = Date.now() + patience;
    for (let attempt = 0; ; attempt++) {
      try {
        return (await client.request(path, { method, ...(json === undefined ? {} : { json }) })).json();
      } catch (error) {
        const pauseMs = pauseAfter(error, attempt);
        if (pauseMs === undefined || Date.now() + pauseMs > giveUpAt) throw explained(error, url);
        if (attempt % 5 === 0) say(`The API does not take it right now (${wordOf(error)}); trying again …`);
        await sleep(pauseMs);
      }
    }
  };
  return {
    send: (events) =>
      isolating(
        events,
        async (some) => BatchAnswer.parse(await ask('POST', 'events', { events: some })).results,
      ),
    teams: async () => TeamList.parse(await ask('GET', 'teams')).teams,
    createTeam: async (team) => {
      try {
        await ask('POST', 'teams', team);
        return undefined;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        return error.message;
      }
    },
    close: () => client.close(),
  };
}

/** One event that makes a batch unreadable, by its depth or its width, does not take the others with it. */
async function isolating(
  events: readonly JsonObject[],
  send: (events: readonly JsonObject[]) => Promise<ItemResult[]>,
): Promise<ItemResult[]> {
  try {
    return await send(events);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    if (events.length === 1) return [{ status: 'rejected', code: 'invalid', detail: error.message }];
    const half = Math.ceil(events.length / 2);
    return [
      ...(await isolating(events.slice(0, half), send)),
      ...(await isolating(events.slice(half), send)),
    ];
  }
}

/** How long to wait before the same again; undefined where it would end the same way. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof HttpError)) return undefined;
  const mayPass =
    error.kind === 'network' || error.kind === 'timeout' || [429, 502, 503, 504].includes(error.status);
  if (!mayPass) return undefined;
  return error.retryAfterMs ?? Math.min(longestPauseMs, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function wordOf(error: unknown): string {
  if (error instanceof HttpError && error.problem) return error.problem.detail ?? error.problem.title;
  return error instanceof Error ? error.message : String(error);
}

function explained(error: unknown, url: string): unknown {
  if (!(error instanceof HttpError)) return error;
  const start =
    'Start PainChain, or name its API by --to, and run the same command again: what is there is passed over.';
  if (error.status === 0) return new ApiError(`Nobody answers at ${url} (${error.message}). ${start}`);
  if (error.status === 404 || error.kind === 'invalid_answer')
    return new ApiError(`There is no PainChain at ${url}: --to must end in /api.`);
  if ([400, 413, 422].includes(error.status)) return new UnreadableError(wordOf(error));
  if (error.status === 409) return new ConflictError(wordOf(error));
  return new ApiError(`The API refused: ${wordOf(error)}`);
}
