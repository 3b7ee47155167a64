import type { JsonObject, JsonValue } from '@painchain/contract';
import { FieldRow, useFieldsOf } from './field-row.js';
import { counted, Folded, Omitted } from './folded.js';
import { hintForItems } from './hint.js';
import { renderLimits } from './limits.js';
import { NestedValue, type ValueProps } from './render-context.js';

/** Scalars side by side. */
export function ChipsValue({ items, ...props }: ValueProps & { items: JsonValue[] }) {
  const hint = hintForItems(props.hint?.schema);
  return (
    <>
      <ul className="flex flex-wrap gap-1">
        {items.slice(0, renderLimits.items).map((item, index) => (
          <li key={index} className="chip-value">
            <NestedValue
              name={props.name}
              value={item}
              place={[...props.place, index]}
              depth={props.depth + 1}
              hint={hint}
            />
          </li>
        ))}
      </ul>
      <Omitted count={items.length - renderLimits.items} what="item" />
    </>
  );
}

/** Anything else in a list, one below the other. */
export function ListValue({ items, ...props }: ValueProps & { items: JsonValue[] }) {
  const hint = hintForItems(props.hint?.schema);
  return (
    <Folded {...props} label={counted(items.length, 'item')}>
      <ol className="nested">
        {items.slice(0, renderLimits.items).map((item, index) => (
          <li key={index}>
            <NestedValue
              name={props.name}
              value={item}
              place={[...props.place, index]}
              depth={props.depth + 1}
              hint={hint}
            />
          </li>
        ))}
      </ol>
      <Omitted count={items.length - renderLimits.items} what="item" />
    </Folded>
  );
}

/** The fields of an object, nested. */
export function ObjectValue({ object, ...props }: ValueProps & { object: JsonObject }) {
  const fields = useFieldsOf(object, props.place, props.hint?.schema);
  return (
    <Folded {...props} label={counted(fields.length, 'field')}>
      <dl className="nested">
        {fields.slice(0, renderLimits.keys).map((field) => (
          <FieldRow
            {...field}
            key={field.name}
            className="nested-row"
            siblings={object}
            depth={props.depth + 1}
          />
        ))}
      </dl>
      <Omitted count={fields.length - renderLimits.keys} what="field" />
    </Folded>
  );
}
