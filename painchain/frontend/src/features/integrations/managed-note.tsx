import type { IntegrationView } from '@painchain/contract';
import { FileText } from 'lucide-react';
import { TroubleBox } from './trouble-box.js';

/** What a file manages is changed in the file; and whether its connector works by what the file says. */
export function ManagedNote({
  integration: { managed_by, file, drift, health },
}: {
  integration: IntegrationView;
}) {
  return (
    <>
      {managed_by === 'file' && (
        <p className="managed-note">
          <FileText size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden="true" />
          <span>
            Defined in <code className="value-code">{file ?? 'a file'}</code>:{' '}
            {health === 'orphaned'
              ? 'its connector is gone, so it may be removed here.'
              : 'edit, pause and remove it there, then restart its connector.'}
          </span>
        </p>
      )}
      {drift && <TroubleBox trouble={drift} />}
    </>
  );
}
