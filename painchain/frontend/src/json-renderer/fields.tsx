import type { JsonObject } from '@painchain/contract';
import { useMemo } from 'react';
import { FieldRow, useFieldsOf } from './field-row.js';
import { renderLimits } from './limits.js';
import { type Embedding, RenderContext } from './render-context.js';
import { affordable } from './structures.js';
import { Value } from './value.js';

type Props = Embedding & {
  /** An event's data. */
  object: JsonObject;
  /** Identifies the event, so that what is unfolded stays so. */
  scope: string;
  folds: Map<string, boolean>;
  /** The JSON Schema with hints for this type of event, if its connector gave one. */
  schema?: JsonObject | undefined;
};

/** All fields of an event's data, each with its actions. */
export function Fields({ object, schema, scope, folds, actions, isHidden, onRef }: Props) {
  const context = useMemo(
    () => ({ Value, open: affordable(object), folds, scope, actions, isHidden, onRef }),
    [object, folds, scope, actions, isHidden, onRef],
  );
  return (
    <RenderContext value={context}>
      <TopFields object={object} schema={schema} />
    </RenderContext>
  );
}

function TopFields({ object, schema }: Pick<Props, 'object' | 'schema'>) {
  const fields = useFieldsOf(object, [], schema);
  const omitted = fields.length - renderLimits.keys;
  return (
    <>
      <dl className="fields">
        {fields.slice(0, renderLimits.keys).map((field) => (
          <FieldRow {...field} key={field.key} className="field" siblings={object} depth={0} />
        ))}
      </dl>
      {omitted > 0 && (
        <p className="text-muted">and {omitted.toLocaleString('en')} more fields, see Raw</p>
      )}
    </>
  );
}
