/** What stands in a tab while its content is on its way. */
export function TabSkeleton({ label }: { label: string }) {
  return (
    <div className="flex flex-col gap-3 p-4" role="status" aria-label={label}>
      <span className="skeleton w-3/4" />
      <span className="skeleton w-1/2" />
      <span className="skeleton w-2/3" />
    </div>
  );
}
