import { classNames } from '../components/class-names.js';
import { renderLimits } from './limits.js';
import { useFold } from './use-fold.js';

const looks: Record<string, [string, string]> = {
  '+': ['diff-added', 'added: '],
  '-': ['diff-removed', 'removed: '],
  ' ': ['', ''],
};
const heading: [string, string] = ['text-muted', ''];

type Props = {
  /** Lines that follow each other, with their sign in front; between two groups something is left out. */
  groups: readonly (readonly string[])[];
  path: string;
};

/** Lines that went and came, with a little of what stayed around them. */
export function DiffLines({ groups, path }: Props) {
  const [all, toggle] = useFold(`${path}#diff`, false);
  const count = groups.reduce((sum, lines) => sum + lines.length, 0);
  const shown = all ? groups : firstLines(groups, renderLimits.diffLines);
  return (
    <>
      <div className="diff">
        {shown.map((lines, index) => (
          <ol key={index}>
            {lines.map((line, place) => (
              <DiffLine key={place} line={line} />
            ))}
          </ol>
        ))}
      </div>
      {count > renderLimits.diffLines && (
        <button type="button" className="text-button" aria-expanded={all} onClick={toggle}>
          {all ? 'Show less' : `Show all ${count.toLocaleString('en')} lines`}
        </button>
      )}
    </>
  );
}

function firstLines(groups: Props['groups'], most: number): Props['groups'] {
  const shown: (readonly string[])[] = [];
  let left = most;
  for (const lines of groups) {
    if (left <= 0) break;
    shown.push(lines.slice(0, left));
    left -= lines.length;
  }
  return shown;
}

function DiffLine({ line }: { line: string }) {
  const sign = line.charAt(0);
  const [look, word] = looks[sign] ?? heading;
  const isSigned = sign in looks;
  return (
    <li className={classNames('diff-line', look)}>
      <span aria-hidden="true">{isSigned && sign}</span>
      {word && <span className="sr-only">{word}</span>}
      <bdi>{isSigned ? line.slice(1) : line}</bdi>
    </li>
  );
}
