import { ArrowRight } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useContext } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { differences, type FoundChange, sidesOf } from './changes.js';
import { renderLimits } from './limits.js';
import { exactPath, type Place } from './places.js';
import { NestedValue, RenderContext, type ValueProps } from './render-context.js';
import type { Change } from './structures.js';

// Most events have no text to compare.
const TextDiff = lazy(async () => ({ default: (await import('./text-diff.js')).TextDiff }));

/** What something was and what it is now; two objects are compared field by field. */
export function ChangeValue({ change, name, hint, place, depth }: ValueProps & { change: Change }) {
  const spot = sidesOf({ place, placeBefore: place, labels: [], name, hint }, change);
  const { open } = useContext(RenderContext);
  const [first, ...others] = differences(change.before, change.after, spot, (side) => open.has(side));
  if (!first) return <span className="text-muted">no difference</span>;
  if (first.labels.length === 0) return <Sides change={first} depth={depth + 1} />;
  return (
    <dl className="nested">
      {[first, ...others].map((one) => (
        <div key={exactPath(one.place)} className="nested-row">
          <dt>
            <bdi>{one.labels.join(' › ')}</bdi>
          </dt>
          <dd>
            <Sides change={one} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type SidesProps = { change: FoundChange; depth: number };

/** Both sides of one change: texts of many lines by the lines in which they differ. */
export function Sides({ change, depth }: SidesProps) {
  const both = <Both change={change} depth={depth} />;
  const texts = textsOfLines(change);
  return texts ? <ComparedTexts {...texts} place={change.place} instead={both} /> : both;
}

function Both({ change, depth }: SidesProps) {
  const { before, after, name, hint, place, placeBefore } = change;
  const stacked = isLong(before) || isLong(after);
  return (
    <span className={stacked ? 'flex flex-col gap-1' : 'inline-flex flex-wrap items-center gap-1.5'}>
      <del className="change-before">
        <span className="sr-only">was </span>
        <NestedValue name={name} value={before} place={placeBefore} depth={depth} hint={hint} />
      </del>
      <span className="flex min-w-0 items-start gap-1.5">
        <ArrowRight size={14} className="mt-0.5 shrink-0 text-muted" aria-hidden="true" />
        <ins className="change-after min-w-0">
          <span className="sr-only">is now </span>
          <NestedValue name={name} value={after} place={place} depth={depth} hint={hint} />
        </ins>
      </span>
    </span>
  );
}

type Compared = { before: string; after: string; place: Place; instead: ReactNode };

/** What compares two texts is loaded when the first ones are; until then, and without it, both are shown. */
function ComparedTexts({ place, ...texts }: Compared) {
  return (
    <ErrorBoundary fallback={texts.instead}>
      <Suspense fallback={texts.instead}>
        <TextDiff {...texts} path={exactPath(place)} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** Both sides, where they are texts of which the differing lines tell more than all of them do. */
export function textsOfLines({ before, after }: FoundChange): { before: string; after: string } | undefined {
  return isLines(before) && isLines(after) ? { before, after } : undefined;
}

function isLines(side: unknown): side is string {
  return typeof side === 'string' && side.includes('\n') && side.length <= renderLimits.diffText;
}

function isLong(side: unknown): boolean {
  return (
    (typeof side === 'string' && (side.length > 60 || side.includes('\n'))) ||
    (typeof side === 'object' && side !== null)
  );
}
