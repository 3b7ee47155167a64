import type { JsonValue, StoredEvent } from '@painchain/contract';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { LaidOut } from '../../json-renderer/laid-out.js';
import { renderLimits } from '../../json-renderer/limits.js';
import { JsonTree } from './json-tree.js';

type Props = { event: StoredEvent; folds: Map<string, boolean> };

/** The event as JSON, as the API gives it. */
export function RawTab({ event, folds }: Props) {
  const text = useMemo(() => JSON.stringify(event, null, 2), [event]);
  const isHuge = text.length > renderLimits.textDownload;
  return (
    <div className="raw">
      <p className="raw-head">
        <span>{text.length.toLocaleString('en')} characters of JSON</span>
        <span className="ml-auto flex items-center">
          {!isHuge && <CopyButton text={text} label="Copy the JSON" />}
          <button type="button" className="text-button" onClick={() => download(text, event.id)}>
            <Download size={14} aria-hidden="true" /> Download
          </button>
        </span>
      </p>
      {isHuge && <p className="pb-2 text-muted">That is too much to be copied from here; download it.</p>}
      <LaidOut values={event as unknown as JsonValue} scope={`${event.id} raw`} folds={folds}>
        <JsonTree value={event as unknown as JsonValue} />
      </LaidOut>
    </div>
  );
}

function download(text: string, id: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `${id}.json`;
  anchor.click();
  URL.revokeObjectURL(address);
}
