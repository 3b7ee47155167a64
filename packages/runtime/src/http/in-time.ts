import { setMaxListeners } from 'node:events';

export interface End {
  signal: AbortSignal;
  /** Ends it as too late after a while, unless what is returned is called before. */
  after(ms: number): () => void;
  /** Forgets the signal that it was made from. */
  release(): void;
}

/**
 * A signal that ends one piece of work: when the signal that it was made from does, or when a time is up. Not by
 * AbortSignal.any: a signal that lives for months would remember each of its requests. So it has to be released.
 */
export function endedBy(signal: AbortSignal | undefined): End {
  const ended = new AbortController();
  const stop = () => ended.abort(signal?.reason);
  if (signal) {
    // As many requests as one likes may end with one signal, each of which leaves it.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', stop);
  }
  return {
    signal: ended.signal,
    after(ms) {
      const timer = setTimeout(() => ended.abort(new DOMException('too late', 'TimeoutError')), ms);
      return () => clearTimeout(timer);
    },
    release: () => signal?.removeEventListener('abort', stop),
  };
}

/** Gives `work` a signal that also tells when its time is up. */
export async function inTime<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = endedBy(signal);
  const stopWaiting = end.after(timeoutMs);
  try {
    return await work(end.signal);
  } finally {
    stopWaiting();
    end.release();
  }
}
