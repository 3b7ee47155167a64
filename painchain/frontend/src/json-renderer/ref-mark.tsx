import { useContext } from 'react';
import { RenderContext } from './render-context.js';

/** Says that a value ties events together, and finds the others that it ties. */
export function RefMark({ kind, value }: { kind: string; value: string }) {
  const { onRef } = useContext(RenderContext);
  const word = <bdi>{kind}</bdi>;
  if (!onRef) return <span className="tag">{word}</span>;
  return (
    <button
      type="button"
      className="tag ref-mark"
      title={`Show every event of this ${kind}`}
      aria-label={`Show every event of ${kind} ${value}`}
      onClick={() => onRef(`${kind}:${value}`)}
    >
      {word}
    </button>
  );
}
