import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { TextFault } from './from-text.js';

/** Marks what is wrong with the text as it stands. */
export const markFaults = StateEffect.define<readonly TextFault[]>();

/** A line under each fault, which moves along with the text until it is judged anew. */
export const faultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects, state }) =>
    effects.reduce(
      (known, effect) => (effect.is(markFaults) ? marksOf(effect.value, state.doc.length) : known),
      marks.map(changes),
    ),
  provide: (field) => EditorView.decorations.from(field),
});

const mark = Decoration.mark({ class: 'cm-fault' });

function marksOf(faults: readonly TextFault[], end: number): DecorationSet {
  const ranges = faults
    .map(({ from, to }) => ({ from: Math.min(from, end), to: Math.min(to, end) }))
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => mark.range(from, to));
  return Decoration.set(ranges, true);
}
