import { createContext } from 'react';

/** What all values of one event share while they are laid out. */
export type RenderContext = {
  /** The lists and objects that the budget of nodes lets be laid out. */
  open: ReadonlySet<object>;
  /** Which parts the reader has folded or unfolded, by path; survives leaving the event and coming back. */
  folds: Map<string, boolean>;
  /** What the paths in `folds` begin with: the event's id. */
  scope: string;
};

export const RenderContext = createContext<RenderContext>({ open: new Set(), folds: new Map(), scope: '' });
