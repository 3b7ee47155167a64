import type { JsonObject } from '@painchain/contract';
import { useContext } from 'react';
import { counted, Omitted } from './folded.js';
import { hintForItems, hintForKey } from './hint.js';
import { renderLimits } from './limits.js';
import { fieldPath } from './places.js';
import { NestedValue, RenderContext, type ValueProps } from './render-context.js';
import { columnsOf, orderedBy } from './structures.js';
import { labelOf } from './words.js';

/** Objects of one shape, a row each. It scrolls within itself where it is too wide for its place. */
export function TableValue({ rows, ...props }: ValueProps & { rows: JsonObject[] }) {
  const { isHidden } = useContext(RenderContext);
  const schema = hintForItems(props.hint?.schema)?.schema;
  const columns = orderedBy(schema, columnsOf(rows))
    .filter((key) => !isHidden?.(fieldPath([...props.place, key])))
    .map((key) => ({ key, hint: hintForKey(schema, key) }));
  const label = `${props.hint?.title ?? labelOf(props.name)}: ${counted(rows.length, 'row')}`;
  return (
    <>
      {/* What scrolls must be reachable with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="value-scroll" role="region" aria-label={label} tabIndex={0}>
        <table className="value-table">
          <thead>
            <tr>
              {columns.map(({ key, hint }) => (
                <th key={key} scope="col" title={hint?.description}>
                  <bdi>{hint?.title ?? labelOf(key)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, renderLimits.items).map((row, index) => (
              <tr key={index}>
                {columns.map(({ key, hint }) => (
                  <td key={key}>
                    <NestedValue
                      name={key}
                      value={(Object.hasOwn(row, key) ? row[key] : null) ?? null}
                      place={[...props.place, index, key]}
                      depth={props.depth + 1}
                      hint={hint}
                      siblings={row}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Omitted count={rows.length - renderLimits.items} what="row" />
    </>
  );
}
