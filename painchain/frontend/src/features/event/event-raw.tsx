import type { StoredEvent } from '@painchain/contract';
import { useMemo } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { LongText } from '../../json-renderer/long-text.js';

/** The event as JSON, as the API gives it. */
export function EventRaw({ event }: { event: StoredEvent }) {
  const text = useMemo(() => JSON.stringify(event, null, 2), [event]);
  return (
    <div className="relative p-4">
      <CopyButton text={text} label="Copy the JSON" className="absolute top-5 right-5 bg-surface" />
      <LongText text={text} path={`${event.id} raw`} pre />
    </div>
  );
}
