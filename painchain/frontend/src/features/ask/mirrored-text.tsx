import type { Span } from '@painchain/query';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { classNames } from '../../components/class-names.js';

type Props = { input: RefObject<HTMLInputElement | null>; text: string; span: Span; isSoft: boolean };

/** Underlines a part of what is in a box: the same text lies behind it, unseen, and scrolls with it. */
export function MirroredText({ input, text, span, isSoft }: Props) {
  const mirror = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = input.current;
    if (!box) return undefined;
    const follow = () => {
      if (mirror.current) mirror.current.scrollLeft = box.scrollLeft;
    };
    follow();
    box.addEventListener('scroll', follow);
    return () => box.removeEventListener('scroll', follow);
  });
  return (
    <div ref={mirror} aria-hidden="true" className="ask-mirror">
      {text.slice(0, span.from)}
      <span className={classNames('ask-fault', isSoft && 'ask-fault-soft')}>
        {text.slice(span.from, span.to) || '\u00a0'}
      </span>
      {text.slice(span.to)}
    </div>
  );
}
