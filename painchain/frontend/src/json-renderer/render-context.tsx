import type { JsonObject, JsonValue } from '@painchain/contract';
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { Hint } from './hint.js';
import type { Place } from './places.js';

export type ValueProps = {
  name: string;
  value: JsonValue;
  place: Place;
  depth: number;
  hint?: Hint | undefined;
  /** The object that it is a field of. */
  siblings?: JsonObject | undefined;
};

/** One field of an event, as what can be done with it needs to know it. */
export type FieldOfEvent = {
  /** Its name in the query language, `data.commits.sha`, which is also what is copied, hidden and made a column. */
  path: string;
  /** The same where a condition can be put on the value: it is a scalar, or a list of them. */
  queryField: string | undefined;
  /** What people read instead of the path. */
  label: string;
  value: JsonValue;
};

/** The buttons beside a field. */
export type FieldActions = (field: FieldOfEvent) => ReactNode;

/** What whoever shows fields may give along with them. */
export type Embedding = {
  actions?: FieldActions | undefined;
  /** Whether the field of this path, and all that is inside it, is left out. */
  isHidden?: ((path: string) => boolean) | undefined;
  /** Looks for the events that carry this correlation key, such as `commit:<sha>`. */
  onRef?: ((ref: string) => void) | undefined;
};

/** What all values of one event share while they are laid out. */
export type RenderContext = Embedding & {
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
