import { structuredPatch } from 'diff';
import { type ReactNode, useMemo } from 'react';
import { DiffLines } from './diff-lines.js';
import { withoutAnsi } from './texts.js';

/** Lines that stay the same, shown around each difference. */
const context = 3;
/** Texts that differ in more lines than this are two texts, and looking for the shortest way between them is dear. */
const mostEdits = 500;

type Props = {
  before: string;
  after: string;
  path: string;
  /** Shown when they have too little in common. */ instead: ReactNode;
};

/** Two texts of many lines as what went and what came, with a little of what stayed around it. */
export function TextDiff({ before, after, path, instead }: Props) {
  const hunks = useMemo(() => hunksOf(before, after), [before, after]);
  if (!hunks) return instead;
  if (hunks.length === 0) return <span className="text-muted">no difference</span>;
  return <DiffLines groups={hunks} path={path} />;
}

function hunksOf(before: string, after: string): string[][] | undefined {
  const options = { context, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', withoutAnsi(before), withoutAnsi(after), '', '', options);
  return patch?.hunks.map((hunk) => hunk.lines);
}
