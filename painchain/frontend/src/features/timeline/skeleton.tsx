const widths = ['w-2/5', 'w-1/2', 'w-1/3', 'w-3/5', 'w-2/5', 'w-1/4'];

/** The shape of what is coming, on the first load only. */
export function TimelineSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden" role="status" aria-label="Loading the timeline">
      {Array.from({ length: 24 }, (_, index) => (
        <div key={index} className="skeleton-row" aria-hidden="true">
          <span className="skeleton w-16" />
          <span className={`skeleton ${widths[index % widths.length]}`} />
          <span className="skeleton ml-auto w-32" />
        </div>
      ))}
    </div>
  );
}
