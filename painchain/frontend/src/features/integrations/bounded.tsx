import { useState } from 'react';

/** Shows some of many, and more of them whenever they are asked for, so that thousands don't slow the page. */
export function useBounded<Item>(items: readonly Item[], step: number) {
  const [most, setMost] = useState(step);
  return {
    shown: items.slice(0, most),
    more: items.length > most && (
      <MoreButton left={items.length - most} step={step} onMore={() => setMost(most + step)} />
    ),
  };
}

function MoreButton({ left, step, onMore }: { left: number; step: number; onMore(): void }) {
  return (
    <p className="flex flex-wrap items-center gap-2 pt-2 text-muted">
      and {left.toLocaleString('en')} more
      <button type="button" className="button text-ink" onClick={onMore}>
        Show {Math.min(step, left)} more
      </button>
    </p>
  );
}
