import { type Ref, useImperativeHandle, useState } from 'react';
import type { Item } from './items.js';
import { SectionName } from './other-rows.js';
import type { Section } from './sections.js';

export type StickyHeadingHandle = {
  /** The rows from this item on are in sight; `isPast`: a part of it is not. */
  show(items: readonly Item[], headings: readonly number[], first: number, isPast: boolean): void;
};

/** The heading of what is in sight, once its own line is out of it. Changes a few times in a long scroll only. */
export function StickyHeading({ ref }: { ref: Ref<StickyHeadingHandle> }) {
  const [section, setSection] = useState<Section>();
  useImperativeHandle(
    ref,
    () => ({
      show: (items, headings, first, isPast) => {
        const at = headings.findLast((index) => index < first || (index === first && isPast));
        const item = at === undefined ? undefined : items[at];
        const next = item?.kind === 'heading' ? item.section : undefined;
        setSection((now) => (now?.id === next?.id ? now : next));
      },
    }),
    [],
  );
  return (
    <div className="sticky-place" aria-hidden="true">
      {section && (
        <div className="heading-row sticky-heading">
          <span>
            <SectionName section={section} />
          </span>
        </div>
      )}
    </div>
  );
}
