import { useMemo } from 'react';
import type { FoundChange } from './changes.js';
import { type Embedding, RenderContext } from './render-context.js';
import { Value } from './value.js';

type Props = Embedding & {
  changes: readonly FoundChange[];
  scope: string;
  folds: Map<string, boolean>;
};

/** Changes as a table: what, before, after. Texts of many lines are compared line by line. */
export function ChangeList({ changes, scope, folds, actions, onRef }: Props) {
  const context = useMemo(
    () => ({ Value, open: new Set<object>(), folds, scope, actions, onRef }),
    [folds, scope, actions, onRef],
  );
  return (
    <RenderContext value={context}>
      <ul>
        {changes.map((change) => (
          <li key={change.path}>{change.labels.join(' › ')}</li>
        ))}
      </ul>
    </RenderContext>
  );
}
