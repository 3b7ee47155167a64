import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamMessage } from '@painchain/contract';

export interface Listener {
  until(isWanted: (message: StreamMessage) => boolean, timeoutMs?: number): Promise<void>;
  close(): void;
}

/** Listens to a stream of server-sent events, and keeps all that it says. */
export async function listen(url: string): Promise<Listener> {
  const abort = new AbortController();
  const { status, body } = await fetch(url, { signal: abort.signal });
  if (status !== 200 || !body) throw new Error(`the stream answered ${status}`);
  const heard: StreamMessage[] = [];
  void follow(body, heard).catch(() => undefined);
  return {
    until: async (isWanted, timeoutMs = 10_000) => {
      const deadline = Date.now() + timeoutMs;
      while (!heard.some(isWanted)) {
        if (Date.now() > deadline)
          throw new Error(`only this was heard: ${JSON.stringify(heard).slice(0, 500)}`);
        await sleep(20);
      }
    },
    close: () => abort.abort(),
  };
}

async function follow(body: AsyncIterable<Uint8Array>, heard: StreamMessage[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)) as StreamMessage);
    }
  }
}
