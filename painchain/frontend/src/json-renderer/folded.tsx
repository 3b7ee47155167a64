import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { renderLimits } from './limits.js';
import { exactPath } from './places.js';
import type { ValueProps } from './render-context.js';
import { useFold } from './use-fold.js';

type Props = Pick<ValueProps, 'place' | 'depth' | 'hint'> & { label: string; children: ReactNode };

/** What lies inside of a value, folded where it lies deep or where its hint says so. */
export function Folded({ place, depth, hint, label, children }: Props) {
  const [unfolded, toggle] = useFold(exactPath(place), !hint?.collapsed && depth < renderLimits.openLevels);
  return (
    <>
      <button type="button" className="text-button" aria-expanded={unfolded} onClick={toggle}>
        {unfolded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        {label}
      </button>
      {unfolded && children}
    </>
  );
}

/** `1 item`, `2 items`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

export function Omitted({ count, what }: { count: number; what: string }) {
  if (count <= 0) return null;
  return <p className="text-muted">and {counted(count, `more ${what}`)}, see Raw</p>;
}
