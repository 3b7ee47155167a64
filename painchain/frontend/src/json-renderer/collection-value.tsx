import type { JsonObject, JsonValue } from '@painchain/contract';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { hintForItems, hintForKey } from './hint.js';
import { renderLimits } from './limits.js';
import { entriesOf, pathOf } from './structures.js';
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
              path={`${props.path}[${index}]`}
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
                    path={pathOf(`${props.path}[${index}]`, column)}
                    depth={props.depth + 1}
                    hint={hintForKey(schema, column)}
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
      path={props.path}
      depth={props.depth}
      label={`${items.length} ${items.length === 1 ? 'item' : 'items'}`}
    >
      <ol className="nested">
        {items.slice(0, renderLimits.items).map((item, index) => (
          <li key={index}>
            <NestedValue
              name={props.name}
              value={item}
              path={`${props.path}[${index}]`}
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
  const entries = entriesOf(object);
  const count = `${entries.length} ${entries.length === 1 ? 'field' : 'fields'}`;
  return (
    <Folded path={props.path} depth={props.depth} label={count}>
      <dl className="nested">
        {entries.slice(0, renderLimits.keys).map(([key, value]) => {
          const hint = hintForKey(props.hint?.schema, key);
          return (
            <div key={key} className="nested-row">
              <dt title={hint?.description}>
                <bdi>{hint?.title ?? labelOf(key)}</bdi>
              </dt>
              <dd>
                <ErrorBoundary>
                  <NestedValue
                    name={key}
                    value={value}
                    path={pathOf(props.path, key)}
                    depth={props.depth + 1}
                    hint={hint}
                  />
                </ErrorBoundary>
              </dd>
            </div>
          );
        })}
      </dl>
      <Omitted count={entries.length - renderLimits.keys} what="fields" />
    </Folded>
  );
}

function Folded({
  path,
  depth,
  label,
  children,
}: {
  path: string;
  depth: number;
  label: string;
  children: ReactNode;
}) {
  const [unfolded, toggle] = useFold(path, depth < renderLimits.openLevels);
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
