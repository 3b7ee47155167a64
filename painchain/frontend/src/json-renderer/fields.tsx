import type { JsonObject } from '@painchain/contract';
import { FieldRow, useFieldsOf } from './field-row.js';
import { Omitted } from './folded.js';
import { LaidOut, type LaidOutProps } from './laid-out.js';
import { renderLimits } from './limits.js';

type Shown = {
  /** An event's data. */
  object: JsonObject;
  /** The JSON Schema with hints for this type of event, if its connector gave one. */
  schema?: JsonObject | undefined;
};

/** All fields of an event's data, each with its actions. */
export function Fields({ object, schema, ...shared }: Shown & LaidOutProps) {
  return (
    <LaidOut {...shared} values={object}>
      <TopFields object={object} schema={schema} />
    </LaidOut>
  );
}

function TopFields({ object, schema }: Shown) {
  const fields = useFieldsOf(object, [], schema);
  return (
    <>
      <dl className="fields">
        {fields.slice(0, renderLimits.keys).map((field) => (
          <FieldRow {...field} key={field.name} className="field" siblings={object} depth={0} />
        ))}
      </dl>
      <Omitted count={fields.length - renderLimits.keys} what="field" />
    </>
  );
}
