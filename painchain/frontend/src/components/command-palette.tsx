/** Everything that can be done on the page, by its name. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  void onClose;
  return null;
}
