import type { JsonObject, JsonValue } from '@painchain/contract';
import { useContext } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { detect } from './detect.js';
import { type Hint, hintForKey } from './hint.js';
import type { Kind } from './kind.js';
import { fieldPath, type Place } from './places.js';
import { type FieldOfEvent, NestedValue, RenderContext } from './render-context.js';
import { isJsonObject, isScalar, keysOf, orderedBy } from './structures.js';
import { isShort } from './texts.js';
import { labelOf } from './words.js';

type Field = {
  name: string;
  value: JsonValue;
  hint: Hint | undefined;
  place: Place;
  /** Whether it needs the whole width for itself, so that its name stands above it. */
  isWide: boolean;
};

/**
 * The fields of an object in the order of their hints, without those that are hidden. Of fields without an order those
 * of a line come before what takes its place below its name: an object is stored without the order of its keys.
 */
export function useFieldsOf(object: JsonObject, place: Place, schema: JsonObject | undefined): Field[] {
  const { isHidden } = useContext(RenderContext);
  return orderedBy(schema, keysOf(object))
    .map((name) => fieldOf(name, object[name] ?? null, place, hintForKey(schema, name)))
    .filter((field) => !isHidden?.(fieldPath(field.place)))
    .sort((one, other) => sizeRank(one) - sizeRank(other));
}

function fieldOf(name: string, value: JsonValue, place: Place, hint: Hint | undefined): Field {
  return { name, value, hint, place: [...place, name], isWide: isWide(name, value, hint) };
}

function sizeRank({ hint, isWide }: Field): number {
  if (hint?.order !== undefined) return 0;
  return isWide ? 2 : 1;
}

function fieldOfEvent({ name, value, hint, place }: Omit<Field, 'isWide'>): FieldOfEvent {
  const path = fieldPath(place);
  const isAskable = Array.isArray(value) ? value.every(isScalar) : isScalar(value);
  return { path, queryField: isAskable ? path : undefined, label: hint?.title ?? labelOf(name), value };
}

const wideKinds: ReadonlySet<Kind> = new Set(['object', 'list', 'table', 'diff', 'multiline', 'json']);

function isWide(name: string, value: JsonValue, hint: Hint | undefined): boolean {
  const kind = detect(name, value, hint);
  if (kind !== 'change' || !isJsonObject(value)) return wideKinds.has(kind);
  return Object.values(value).some((side) => !isScalar(side) || !isShort(String(side)));
}

type Props = Field & { className: string; siblings: JsonObject; depth: number };

/** A field: its name, its value, and what can be done with it. */
export function FieldRow({ className, siblings, depth, isWide, ...field }: Props) {
  const { actions } = useContext(RenderContext);
  const known = fieldOfEvent(field);
  return (
    <div className={className} data-wide={isWide || undefined}>
      <dt title={field.hint?.description ?? known.path}>
        <bdi>{known.label}</bdi>
      </dt>
      <dd>
        <ErrorBoundary>
          <NestedValue {...field} depth={depth} siblings={siblings} />
        </ErrorBoundary>
      </dd>
      {actions && <dd className="field-actions">{actions(known)}</dd>}
    </div>
  );
}
