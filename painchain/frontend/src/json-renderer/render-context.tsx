import type { JsonValue } from '@painchain/contract';
import { type ComponentType, createContext, useContext } from 'react';
import type { Hint } from './hint.js';

export type ValueProps = {
  name: string;
  value: JsonValue;
  path: string;
  depth: number;
  hint?: Hint | undefined;
};

/** What all values of one event share while they are laid out. */
export type RenderContext = {
  /** What lays out any value. Here, because values lie inside values and modules must not go round in circles. */
  Value: ComponentType<ValueProps>;
  /** The lists and objects that the budget of nodes lets be laid out. */
  open: ReadonlySet<object>;
  /** Which parts the reader has folded or unfolded, by path; survives leaving the event and coming back. */
  folds: Map<string, boolean>;
  /** What the paths in `folds` begin with: the event's id. */
  scope: string;
};

export const RenderContext = createContext<RenderContext>({
  Value: () => null,
  open: new Set(),
  folds: new Map(),
  scope: '',
});

/** A value inside another. */
export function NestedValue(props: ValueProps) {
  const { Value } = useContext(RenderContext);
  return <Value {...props} />;
}
