import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamMessage, TimelineRow } from '@painchain/contract';

/** A client of a stream of server-sent events, which keeps all that it was sent. */
export interface StreamReader {
  messages: StreamMessage[];
  lastId: string | undefined;
  rows(): TimelineRow[];
  until(isTrue: () => boolean, timeoutMs?: number): Promise<void>;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
}

export async function readStream(url: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  if (answer.status !== 200 || !answer.body) throw new Error(`the stream answered ${answer.status}`);
  const reader: StreamReader = {
    messages: [],
    lastId: undefined,
    rows: () => reader.messages.flatMap((message) => (message.kind === 'rows' ? message.rows : [])),
    until: (isTrue, timeoutMs = 3_000) => waitUntil(reader, isTrue, timeoutMs),
    ended: follow(answer.body, (block) => take(reader, block)).catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    }),
    close: () => abort.abort(),
  };
  return reader;
}

async function follow(body: AsyncIterable<Uint8Array>, take: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    blocks.forEach(take);
  }
}

function take(reader: StreamReader, block: string): void {
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) reader.lastId = line.slice(4);
    if (line.startsWith('data: ')) reader.messages.push(JSON.parse(line.slice(6)) as StreamMessage);
  }
}

async function waitUntil(reader: StreamReader, isTrue: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) {
      throw new Error(`it did not come true: ${JSON.stringify(reader.messages).slice(0, 500)}`);
    }
    await sleep(10);
  }
}
