import { useBlocker } from '@tanstack/react-router';
import { Modal } from '../../components/modal.js';

/** Asks before a page is left on which something stands that is nowhere else. */
export function LeaveGuard({ isNeeded }: { isNeeded: boolean }) {
  const leaving = useBlocker({
    shouldBlockFn: () => isNeeded,
    enableBeforeUnload: isNeeded,
    withResolver: true,
  });
  if (leaving.status !== 'blocked') return null;
  return (
    <Modal title="Leave without saving?" onClose={leaving.reset}>
      <div className="flex flex-col gap-3 p-4">
        <p>What you typed stands on this page only, and would be lost.</p>
        <div className="flex flex-wrap gap-2">
          <button type="button" data-first className="button-primary" onClick={leaving.reset}>
            Stay
          </button>
          <button type="button" className="button" onClick={leaving.proceed}>
            Leave
          </button>
        </div>
      </div>
    </Modal>
  );
}
