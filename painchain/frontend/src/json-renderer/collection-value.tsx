import type { JsonObject, JsonValue } from '@painchain/contract';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldRow, useFieldsOf } from './field-row.js';
import { hintForItems, hintForKey } from './hint.js';
import { renderLimits } from './limits.js';
import { exactPath, type Place } from './places.js';
import { useFold } from './use-fold.js';
import { NestedValue, type ValueProps } from './render-context.js';
import { labelOf } from './words.js';

/** Scalars side by side. */
export function ChipsValue({ items, ...props }: ValueProps & { items: JsonValue[] }) {
  const hint = hintForItems(props.hint?.schema);
  return (
    <>
      <ul className="flex flex-wrap gap-1">
        {items.slice(0, renderLimits.items).map((item, index) => (
          <li key={index} className="chip-value">
            <NestedValue
              {...props}
              value={item}
              place={[...props.place, index]}
              depth={props.depth + 1}
              hint={hint}
            />
          </li>
        ))}
      </ul>
      <Omitted count={items.length - renderLimits.items} what="items" />
    </>
  );
}

/** Objects of one shape, a row each. */
export function TableValue({ rows, ...props }: ValueProps & { rows: JsonObject[] }) {
  const columns = Object.keys(rows[0] ?? {});
  const schema = hintForItems(props.hint?.schema)?.schema;
  return (
    <>
      <table className="value-table" aria-label={labelOf(props.name)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                <bdi>{labelOf(column)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, renderLimits.items).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>
                  <NestedValue
                    name={column}
                    value={row[column] ?? null}
                    place={[...props.place, index, column]}
                    depth={props.depth + 1}
                    hint={hintForKey(schema, column)}
                    siblings={row}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Omitted count={rows.length - renderLimits.items} what="rows" />
    </>
  );
}

/** Anything else in a list, one below the other. */
export function ListValue({ items, ...props }: ValueProps & { items: JsonValue[] }) {
  const hint = hintForItems(props.hint?.schema);
  return (
    <Folded
      place={props.place}
      depth={props.depth}
      label={`${items.length} ${items.length === 1 ? 'item' : 'items'}`}
    >
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
      <Omitted count={items.length - renderLimits.items} what="items" />
    </Folded>
  );
}

/** The fields of an object, nested. */
export function ObjectValue({ object, ...props }: ValueProps & { object: JsonObject }) {
  const fields = useFieldsOf(object, props.place, props.hint?.schema);
  const count = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
  return (
    <Folded place={props.place} depth={props.depth} label={count}>
      <dl className="nested">
        {fields.slice(0, renderLimits.keys).map((field) => (
          <FieldRow
            {...field}
            key={field.key}
            className="nested-row"
            siblings={object}
            depth={props.depth + 1}
          />
        ))}
      </dl>
      <Omitted count={fields.length - renderLimits.keys} what="fields" />
    </Folded>
  );
}

function Folded({
  place,
  depth,
  label,
  children,
}: {
  place: Place;
  depth: number;
  label: string;
  children: ReactNode;
}) {
  const [unfolded, toggle] = useFold(exactPath(place), depth < renderLimits.openLevels);
  return (
    <>
      <button type="button" className="text-button" aria-expanded={unfolded} onClick={toggle}>
        {unfolded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        {label}
      </button>
      {unfolded && children}
    </>
  );
}

function Omitted({ count, what }: { count: number; what: string }) {
  if (count <= 0) return null;
  return (
    <p className="text-muted">
      and {count.toLocaleString('en')} more {what}, see Raw
    </p>
  );
}
