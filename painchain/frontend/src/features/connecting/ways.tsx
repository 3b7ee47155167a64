import { type KeyboardEvent, useRef } from 'react';
import { classNames } from '../../components/class-names.js';

const ways = [
  { id: 'form', name: 'Form' },
  { id: 'yaml', name: 'YAML' },
  { id: 'snippets', name: 'Run it yourself' },
] as const;
export type Way = (typeof ways)[number]['id'];

type Props = {
  way: Way;
  /** Only the one that is shown can be chosen. */
  isFixed: boolean;
  onWay(way: Way): void;
};

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The ways of writing a configuration, one tab stop with the arrow keys between them. */
export function Ways({ way, isFixed, onWay }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = steps[event.key];
    const at = ways.findIndex(({ id }) => id === way);
    const next = by === undefined ? undefined : ways.at((at + by) % ways.length);
    if (!next || isFixed) return;
    event.preventDefault();
    onWay(next.id);
    list.current?.querySelector<HTMLElement>(`#way-${next.id}`)?.focus();
  };
  return (
    <div ref={list} className="segments self-start" role="tablist" aria-label="How to write it">
      {ways.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`way-${id}`}
          aria-controls="way"
          aria-selected={way === id}
          tabIndex={way === id ? 0 : -1}
          disabled={isFixed && way !== id}
          className={classNames('segment', way === id && 'segment-on')}
          onClick={() => onWay(id)}
          onKeyDown={step}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
