import type { JsonValue } from '@painchain/contract';
import { useContext } from 'react';
import { ChangeValue } from './change-value.js';
import { ChipsValue, ListValue, ObjectValue } from './collection-value.js';
import { detect } from './detect.js';
import { Folded } from './folded.js';
import type { Kind } from './kind.js';
import { renderLimits } from './limits.js';
import { LongText } from './long-text.js';
import { exactPath } from './places.js';
import { RenderContext, type ValueProps } from './render-context.js';
import { ScalarValue } from './scalar-value.js';
import { changeOf, isJsonObject, isTable, userName } from './structures.js';
import { TableValue } from './table-value.js';
import { useFold } from './use-fold.js';
import { UserValue } from './user-value.js';

const foldThemselves: ReadonlySet<Kind> = new Set(['nothing', 'object', 'list', 'user']);

/** Any JSON value, as its kind asks for. Knows no connector. */
export function Value(props: ValueProps) {
  const kind = detect(props.name, props.value, props.hint);
  const shown = <Shown {...props} kind={kind} />;
  if (!props.hint?.collapsed || foldThemselves.has(kind)) return shown;
  return (
    <Folded {...props} label={sizeOf(props.value)}>
      {shown}
    </Folded>
  );
}

/** What a folded value says of itself. */
function sizeOf(value: JsonValue): string {
  if (Array.isArray(value)) return `${value.length.toLocaleString('en')} in all`;
  const lines = typeof value === 'string' ? value.trimEnd().split('\n').length : 1;
  return lines > 1 ? `${lines.toLocaleString('en')} lines` : 'Show';
}

function Shown({ kind, ...props }: ValueProps & { kind: Kind }) {
  const { open } = useContext(RenderContext);
  const { value } = props;
  if (kind === 'nothing' || value === null) return <Nothing value={value} />;
  if (typeof value !== 'object') return <ScalarValue {...props} value={value} kind={kind} />;
  if (props.depth >= renderLimits.depth || !open.has(value)) {
    return <LongText text={JSON.stringify(value, null, 2)} path={exactPath(props.place)} pre />;
  }
  if (!Array.isArray(value)) return <ShownObject {...props} object={value} kind={kind} />;
  if (kind === 'chips') return <ChipsValue {...props} items={value} />;
  // Rows that cost too much are shown one by one, as JSON.
  const isAffordable = value.slice(0, renderLimits.items).every((row) => open.has(row as object));
  return kind === 'table' && isAffordable && isTable(value) ? (
    <TableValue {...props} rows={value} />
  ) : (
    <ListValue {...props} items={value} />
  );
}

type ObjectProps = ValueProps & { object: { [key: string]: JsonValue }; kind: Kind };

function ShownObject({ object, kind, ...props }: ObjectProps) {
  const change = kind === 'change' ? changeOf(object) : undefined;
  if (change) return <ChangeValue {...props} change={change} />;
  const user = kind === 'user' ? userName(object, true) : undefined;
  return user === undefined ? (
    <ObjectValue {...props} object={object} />
  ) : (
    <UserObject {...props} user={user} />
  );
}

function UserObject({ user, ...props }: ValueProps & { user: string }) {
  const [unfolded, toggle] = useFold(`${exactPath(props.place)}#user`, false);
  return (
    <span className="block">
      <UserValue name={user} />{' '}
      <button type="button" className="text-button" aria-expanded={unfolded} onClick={toggle}>
        {unfolded ? 'Less' : 'More'}
      </button>
      {unfolded && isJsonObject(props.value) && <ObjectValue {...props} object={props.value} />}
    </span>
  );
}

function Nothing({ value }: { value: JsonValue }) {
  const word = value === null || value === '' ? '—' : Array.isArray(value) ? 'empty list' : 'empty';
  return <span className="text-muted">{word}</span>;
}
