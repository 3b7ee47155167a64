import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from './error-boundary.js';
import { Modal } from './modal.js';

const waiting = <p className="p-3 text-muted">Loading…</p>;

type Props = { children: ReactNode; fallback?: ReactNode };

/** Where something stands that is loaded only once it is wanted. When it doesn't come, the page around it stays. */
export function Loaded({ children, fallback = waiting }: Props) {
  return (
    <ErrorBoundary fallback={<NotLoaded />}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorBoundary>
  );
}

type ModalProps = { title: string; onClose(): void; children: ReactNode };

/** The same for a window. Until it is there, an empty one keeps what is typed from the keys of the page. */
export function LoadedModal({ title, onClose, children }: ModalProps) {
  const empty = (content: ReactNode) => (
    <Modal title={title} onClose={onClose}>
      {content}
    </Modal>
  );
  return (
    <ErrorBoundary fallback={empty(<NotLoaded />)}>
      <Suspense fallback={empty(waiting)}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** The backend may serve the parts of another version by now, too. */
function NotLoaded() {
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-3">
      <p>This part of the page could not be loaded. Once the backend answers, load the page again.</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Load the page again
      </button>
    </div>
  );
}
