import { ArrowRight } from 'lucide-react';
import { renderLimits } from './limits.js';
import { NestedValue, type ValueProps } from './render-context.js';
import { type Change, fieldChanges } from './structures.js';
import { TextDiff } from './text-diff.js';
import { labelOf } from './words.js';

/** What something was and what it is now; two objects are compared field by field. */
export function ChangeValue({ change, ...props }: ValueProps & { change: Change }) {
  const fields = fieldChanges(change);
  if (!fields) return <Sides {...props} change={change} />;
  if (fields.length === 0) return <span className="text-muted">no difference</span>;
  return (
    <dl className="nested">
      {fields.map(([key, sides]) => (
        <div key={key} className="nested-row">
          <dt>
            <bdi>{labelOf(key)}</bdi>
          </dt>
          <dd>
            <Sides {...props} name={key} place={[...props.place, key]} change={sides} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Sides(props: ValueProps & { change: Change }) {
  const { before, after } = props.change;
  const both = <Both {...props} />;
  return isLines(before) && isLines(after) ? <TextDiff before={before} after={after} instead={both} /> : both;
}

function Both({ change: { before, after, keys }, name, place, depth, hint }: ValueProps & { change: Change }) {
  const stacked = isLong(before) || isLong(after);
  return (
    <span className={stacked ? 'flex flex-col gap-1' : 'inline-flex flex-wrap items-center gap-1.5'}>
      <del className="change-before">
        <span className="sr-only">was </span>
        <NestedValue name={name} value={before} place={[...place, keys[0]]} depth={depth + 1} hint={hint} />
      </del>
      <span className="flex min-w-0 items-start gap-1.5">
        <ArrowRight size={14} className="mt-0.5 shrink-0 text-muted" aria-hidden="true" />
        <ins className="change-after min-w-0">
          <span className="sr-only">is now </span>
          <NestedValue name={name} value={after} place={[...place, keys[1]]} depth={depth + 1} hint={hint} />
        </ins>
      </span>
    </span>
  );
}

/** Texts of which the differing lines tell more than both of them do. */
function isLines(side: unknown): side is string {
  return typeof side === 'string' && side.includes('\n') && side.length <= renderLimits.diffText;
}

function isLong(side: unknown): boolean {
  return (
    (typeof side === 'string' && (side.length > 60 || side.includes('\n'))) ||
    (typeof side === 'object' && side !== null)
  );
}
