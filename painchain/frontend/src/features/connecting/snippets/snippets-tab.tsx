import type { ConnectorTypeView } from '@painchain/contract';
import { CopyButton } from '../../../components/copy-button.js';
import type { Draft } from '../draft.js';
import { snippetsOf } from './snippets.js';

/** What to copy for whoever runs the connector with a file of its own instead of saving it here. */
export function SnippetsTab({ draft, type }: { draft: Draft; type: ConnectorTypeView }) {
  const snippets = snippetsOf(draft, type.config_schema, type.config_example);
  return (
    <div className="flex flex-col gap-5">
      <p className="text-muted">
        As a file of its own this configuration belongs to whoever keeps the file: it is shown here, and
        changed there. Secrets come from the environment and never stand in the file.
      </p>
      {snippets.map(({ id, name, where, text }) => (
        <section key={id} aria-labelledby={`snippet-${id}`} className="flex flex-col gap-1">
          <h2 id={`snippet-${id}`} className="font-semibold">
            {name} <code className="value-code">{where}</code>
          </h2>
          <div className="flex items-start gap-1">
            <pre className="value-pre min-w-0 flex-1">{text}</pre>
            <CopyButton text={text} label={`Copy ${where}`} />
          </div>
        </section>
      ))}
    </div>
  );
}
