import type { JsonValue } from '@painchain/contract';
import { useContext, useMemo } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { Sides, textsOfLines } from './change-value.js';
import type { FoundChange } from './changes.js';
import { LaidOut, type LaidOutProps } from './laid-out.js';
import { renderLimits } from './limits.js';
import { exactPath, type Place } from './places.js';
import { NestedValue, RenderContext } from './render-context.js';
import { isScalar } from './structures.js';

type Props = LaidOutProps & {
  changes: readonly FoundChange[];
  /** What the table shows, for those who don't see it. */
  label?: string;
};

/** Changes as a table: what, before, after. Texts of many lines are compared line by line. */
export function ChangeList({ changes, label = 'What changed', ...shared }: Props) {
  const values = useMemo(
    () => Object.fromEntries(changes.map(({ before, after }, index) => [index, [before, after]])),
    [changes],
  );
  const shown = changes.filter(({ path }) => !shared.isHidden?.(path));
  return (
    <LaidOut {...shared} values={values}>
      <table className="change-list" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        {shown.map((change) => (
          <ChangeRows key={exactPath(change.place)} change={change} />
        ))}
      </table>
      {changes.length >= renderLimits.changes && (
        <p className="text-muted">These are the first {renderLimits.changes}; see Raw for the rest.</p>
      )}
    </LaidOut>
  );
}

function ChangeRows({ change }: { change: FoundChange }) {
  const { actions } = useContext(RenderContext);
  const { path, labels, after } = change;
  const label = labels.join(' › ');
  const queryField = isScalar(after) ? path : undefined;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={2} title={path}>
          <span className="change-label">
            <bdi>{label}</bdi>
            {actions && (
              <span className="field-actions">{actions({ path, queryField, label, value: after })}</span>
            )}
          </span>
        </th>
      </tr>
      <tr>
        <SideCells change={change} />
      </tr>
    </tbody>
  );
}

function SideCells({ change }: { change: FoundChange }) {
  const { name, hint, before, after, place, placeBefore } = change;
  if (textsOfLines(change)) {
    return (
      <td colSpan={2}>
        <ErrorBoundary>
          <Sides change={change} depth={1} />
        </ErrorBoundary>
      </td>
    );
  }
  const shown = (value: JsonValue, at: Place) => (
    <ErrorBoundary>
      <NestedValue name={name} value={value} place={at} depth={1} hint={hint} />
    </ErrorBoundary>
  );
  return (
    <>
      <td className="change-before">{shown(before, placeBefore)}</td>
      <td>{shown(after, place)}</td>
    </>
  );
}
