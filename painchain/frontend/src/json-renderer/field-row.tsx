import type { JsonObject, JsonValue } from '@painchain/contract';
import { useContext } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { type Hint, hintForKey } from './hint.js';
import { fieldPath, type Place } from './places.js';
import { type FieldOfEvent, NestedValue, RenderContext } from './render-context.js';
import { entriesOf } from './structures.js';
import { labelOf } from './words.js';

type Field = { key: string; value: JsonValue; hint: Hint | undefined; place: Place };

/** The fields of an object in the order of their hints, without those that are hidden. */
export function useFieldsOf(object: JsonObject, place: Place, schema: JsonObject | undefined): Field[] {
  const { isHidden } = useContext(RenderContext);
  const fields = entriesOf(object).map(([key, value]) => ({
    key,
    value,
    hint: hintForKey(schema, key),
    place: [...place, key],
  }));
  const rank = ({ hint }: Field) => hint?.order ?? Number.MAX_SAFE_INTEGER;
  return fields
    .filter((field) => !isHidden?.(fieldPath(field.place)))
    .sort((one, other) => rank(one) - rank(other));
}

function fieldOfEvent({ key, value, hint, place }: Field): FieldOfEvent {
  const path = fieldPath(place);
  const isAskable = Array.isArray(value) ? value.every(isScalar) : isScalar(value);
  return { path, queryField: isAskable ? path : undefined, label: hint?.title ?? labelOf(key), value };
}

function isScalar(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null;
}

type Props = Field & { className: string; siblings: JsonObject; depth: number };

/** A field: its name, its value, and what can be done with it. */
export function FieldRow({ className, siblings, depth, ...field }: Props) {
  const { actions } = useContext(RenderContext);
  const known = fieldOfEvent(field);
  return (
    <div className={className}>
      <dt title={field.hint?.description ?? known.path}>
        <bdi>{known.label}</bdi>
      </dt>
      <dd>
        <ErrorBoundary>
          <NestedValue
            name={field.key}
            value={field.value}
            place={field.place}
            depth={depth}
            hint={field.hint}
            siblings={siblings}
          />
        </ErrorBoundary>
      </dd>
      {actions && <dd className="field-actions">{actions(known)}</dd>}
    </div>
  );
}
