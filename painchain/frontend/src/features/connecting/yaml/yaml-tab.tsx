import { useState } from 'react';
import { CopyButton } from '../../../components/copy-button.js';
import type { Draft } from '../draft.js';
import { YamlEditor } from './yaml-editor.js';
import { fromText, type TextFault } from './from-text.js';
import { toText } from './to-text.js';

type Props = {
  draft: Draft;
  /** What the type's own example says. */
  example: string | null;
  onDraft(draft: Draft): void;
  onReadable(isReadable: boolean): void;
};

/** The draft as text, in the form of a connector's file. */
export function YamlTab({ draft, example, onDraft, onReadable }: Props) {
  const [initial] = useState(() => toText(draft));
  const [text, setText] = useState(initial);
  const [faults, setFaults] = useState<readonly TextFault[]>([]);
  /** Where secrets that are left out come from, whatever else the text has gone through. */
  const [stored] = useState(draft);
  const typed = (next: string) => {
    setText(next);
    const read = fromText(next, stored);
    const found = 'faults' in read ? read.faults : [];
    setFaults(found);
    onReadable(found.length === 0);
    if ('draft' in read) onDraft(read.draft);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-muted">The same as a file in config/ would say it, with the secrets themselves.</p>
        <CopyButton text={text} label="Copy the YAML" />
      </div>
      <YamlEditor initial={initial} label="The configuration as YAML" faults={faults} onChange={typed} />
      <div role="status">
        <ul className="form-errors">
          {faults.slice(0, 10).map(({ line, from, detail }) => (
            <li key={`${from} ${detail}`}>
              Line {line}: <bdi>{detail}</bdi>
            </li>
          ))}
        </ul>
      </div>
      {example !== null && (
        <details>
          <summary className="text-button">An example of what can be configured</summary>
          <div className="flex items-start gap-1">
            <pre className="value-pre min-w-0 flex-1">{example}</pre>
            <CopyButton text={example} label="Copy the example" />
          </div>
        </details>
      )}
    </div>
  );
}
