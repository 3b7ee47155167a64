import type { Api } from '../system/api.js';

/** What the live tail has sent: the events of one message, or that it can't go on from where it was. */
export type Heard = { kind: 'rows'; ids: string[] } | { kind: 'reset' };

export interface OpenTail {
  close(): void;
}

interface Message {
  kind: string;
  rows?: { id: string }[];
}

/** Watches the live tail from now on, as a browser does. */
export async function openTail(api: Api, hear: (heard: Heard) => void): Promise<OpenTail> {
  const { live_cursor } = await api.read<{ live_cursor: string }>('/timeline?limit=1');
  const response = await api.open(`/timeline/stream?cursor=${encodeURIComponent(live_cursor)}`);
  if (response.statusCode !== 200) throw new Error(`The live tail answers ${response.statusCode}`);
  let unread = '';
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('data', (text: string) => {
    unread += text;
    const blocks = unread.split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) read(block, hear);
  });
  return { close: () => response.destroy() };
}

function read(block: string, hear: (heard: Heard) => void): void {
  const data = block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5))
    .join('\n');
  if (data === '') return;
  const { kind, rows = [] } = JSON.parse(data) as Message;
  if (kind === 'rows') hear({ kind, ids: rows.map(({ id }) => id) });
  if (kind === 'reset') hear({ kind });
}
