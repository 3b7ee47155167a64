import type { JsonValue } from '@painchain/contract';
import { type ReactNode, useMemo } from 'react';
import { type Embedding, RenderContext } from './render-context.js';
import { affordable } from './structures.js';
import { Value } from './value.js';

export type LaidOutProps = Embedding & {
  /** Identifies the event, so that what is unfolded stays so. */
  scope: string;
  folds: Map<string, boolean>;
};

type Props = LaidOutProps & {
  /** All that is shown, which shares one budget. */
  values: JsonValue;
  children: ReactNode;
};

/** The place for foreign values: whatever is shown inside knows where it is and what it may cost. */
export function LaidOut({ values, scope, folds, actions, isHidden, onRef, children }: Props) {
  const context = useMemo(
    () => ({ Value, open: affordable(values), folds, scope, actions, isHidden, onRef }),
    [values, folds, scope, actions, isHidden, onRef],
  );
  return <RenderContext value={context}>{children}</RenderContext>;
}
