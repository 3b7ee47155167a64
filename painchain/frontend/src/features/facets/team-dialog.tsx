import { Modal } from '../../components/modal.js';
import { TeamEditor } from '../../components/team-editor.js';

/** All teams, to add, change and remove them without leaving the timeline. */
export function TeamDialog({ onClose }: { onClose(): void }) {
  return (
    <Modal title="Teams" onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <TeamEditor />
      </div>
    </Modal>
  );
}
