import type { StoredEvent } from '@painchain/contract';
import type { Format, Pages } from './format.js';

/** A line an event, with all that is known of it. */
export const ndjson: Format<StoredEvent> = {
  media: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  write: writeNdjson,
};

async function* writeNdjson(pages: Pages<StoredEvent>): AsyncGenerator<string> {
  for await (const events of pages) yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
