import { structuredPatch } from 'diff';
import { type ReactNode, useMemo } from 'react';
import { classNames } from '../components/class-names.js';
import { withoutAnsi } from './texts.js';

/** Lines that stay the same, shown around each difference. */
const context = 3;
/** Texts that differ in more lines than this are two texts, and looking for the shortest way between them is dear. */
const mostEdits = 500;

const looks: Record<string, [string, string]> = {
  '+': ['diff-added', 'added: '],
  '-': ['diff-removed', 'removed: '],
  ' ': ['', ''],
};

type Props = {
  before: string;
  after: string;
  /** Shown when they have too little in common. */ instead: ReactNode;
};

/** Two texts of many lines as what went and what came, with a little of what stayed around it. */
export function TextDiff({ before, after, instead }: Props) {
  const hunks = useMemo(() => hunksOf(before, after), [before, after]);
  if (!hunks) return instead;
  if (hunks.length === 0) return <span className="text-muted">no difference</span>;
  return (
    <div className="diff">
      {hunks.map((lines, index) => (
        <ol key={index}>
          {lines.map((line, place) => {
            const sign = line.charAt(0);
            const [look, word] = looks[sign] ?? ['text-muted', ''];
            return (
              <li key={place} className={classNames('diff-line', look)}>
                <span aria-hidden="true">{sign}</span>
                {word && <span className="sr-only">{word}</span>}
                <bdi>{line.slice(1)}</bdi>
              </li>
            );
          })}
        </ol>
      ))}
    </div>
  );
}

function hunksOf(before: string, after: string): string[][] | undefined {
  const options = { context, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', withoutAnsi(before), withoutAnsi(after), '', '', options);
  return patch?.hunks.map((hunk) => hunk.lines);
}
