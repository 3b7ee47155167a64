import { useMemo } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { LaidOut, type LaidOutProps } from './laid-out.js';
import { NestedValue } from './render-context.js';
import type { SummaryField } from './summary.js';

type Props = LaidOutProps & { fields: readonly SummaryField[] };

/** The few fields that tell what an event is about, side by side. */
export function SummaryRow({ fields, ...shared }: Props) {
  const values = useMemo(() => fields.map(({ value }) => value), [fields]);
  if (fields.length === 0) return null;
  return (
    <LaidOut {...shared} values={values}>
      <dl className="summary-row">
        {fields.map(({ path, label, name, value, place, hint }) => (
          <div key={path}>
            <dt title={hint?.description ?? path}>
              <bdi>{label}</bdi>
            </dt>
            <dd>
              <ErrorBoundary>
                <NestedValue name={name} value={value} place={place} depth={1} hint={hint} />
              </ErrorBoundary>
            </dd>
          </div>
        ))}
      </dl>
    </LaidOut>
  );
}
