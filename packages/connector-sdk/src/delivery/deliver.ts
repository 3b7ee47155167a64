import type { BatchAnswer, TypedEventBatch } from '@painchain/contract';
import { HttpError } from '@painchain/runtime/http';
import type { BackendClient } from '../backend/backend-client.js';
import { isRefusal } from '../backend/backend-trouble.js';

/**
 * What became of a batch. `refused`: we may not write, until a human helps. `stale`: the lease or the cursor
 * belongs to somebody else by now. `unacceptable`: this very batch will never be taken. `crashed`: the backend
 * failed over it, which may be the batch's fault or the backend's.
 */
export type Outcome =
  | { kind: 'success'; answer: BatchAnswer }
  | { kind: 'retryable'; afterMs: number | undefined; error: unknown }
  | { kind: 'failure'; problem: 'refused' | 'stale' | 'unacceptable' | 'crashed'; error: unknown };

const passing = [408, 425, 429, 502, 503, 504];

/** Tells from what was thrown whether, and by whom, it can be mended. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof HttpError)) return { kind: 'failure', problem: 'refused', error };
  const { status } = error;
  if (error.kind !== 'status' || passing.includes(status)) {
    return { kind: 'retryable', afterMs: error.retryAfterMs, error };
  }
  if (status === 409 || (status === 404 && error.problem))
    return { kind: 'failure', problem: 'stale', error };
  if ([400, 413, 415, 422].includes(status)) return { kind: 'failure', problem: 'unacceptable', error };
  return { kind: 'failure', problem: isRefusal(error) ? 'refused' : 'crashed', error };
}

/** Sends one batch, once. Never rejects but by the signal. */
export async function deliver(
  client: BackendClient,
  batch: TypedEventBatch,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const answer = await client.sendEvents(batch, signal);
    if (answer.results.length === batch.events.length) return { kind: 'success', answer };
    throw new HttpError(
      'invalid_answer',
      'the answer to a batch has another number of results than it had events',
    );
  } catch (error) {
    signal.throwIfAborted();
    return outcomeOf(error);
  }
}
