import type { Hiding } from './use-hidden-fields.js';

/** How many fields of this event the reader hides, and the ways to see them again. */
export function HiddenWords({ count, hiding }: { count: number; hiding: Hiding }) {
  const { fields, hasOthers, isHidden, showForOnce, reset, resetAll } = hiding;
  const areShown = isHidden === undefined;
  if (fields.length === 0 && !hasOthers) return null;
  return (
    <p className="hidden-words" role="status">
      {count > 0 && (
        <>
          <span>
            {count === 1 ? '1 field' : `${count} fields`} hidden{areShown && ', shown for now'}
          </span>
          <button type="button" className="text-button" onClick={() => showForOnce(!areShown)}>
            {areShown ? 'Hide' : 'Show'}
          </button>
        </>
      )}
      {fields.length > 0 && (
        <button type="button" className="text-button" onClick={reset}>
          Reset
        </button>
      )}
      {hasOthers && (
        <button type="button" className="text-button" onClick={resetAll}>
          Reset for all types
        </button>
      )}
    </p>
  );
}
