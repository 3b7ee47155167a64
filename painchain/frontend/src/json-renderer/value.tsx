import type { JsonValue } from '@painchain/contract';
import { useContext } from 'react';
import { ChangeValue } from './change-value.js';
import { ChipsValue, ListValue, ObjectValue, TableValue } from './collection-value.js';
import { detect } from './detect.js';
import type { Kind } from './kind.js';
import { renderLimits } from './limits.js';
import { LongText } from './long-text.js';
import { exactPath } from './places.js';
import { RenderContext, type ValueProps } from './render-context.js';
import { ScalarValue } from './scalar-value.js';
import { changeOf, isJsonObject, isTable, userName } from './structures.js';
import { embeddedJson } from './texts.js';
import { useFold } from './use-fold.js';
import { UserValue } from './user-value.js';

/** Any JSON value, as its kind asks for. Knows no connector. */
export function Value(props: ValueProps) {
  const { name, value, place, hint, siblings } = props;
  const { open } = useContext(RenderContext);
  const kind = detect(name, value, hint);
  if (kind === 'nothing' || value === null) return <Nothing value={value} />;
  if (typeof value !== 'object') {
    if (kind === 'json' && typeof value === 'string') return <EmbeddedJson text={value} {...props} />;
    return <ScalarValue name={name} value={value} kind={kind} place={place} hint={hint} siblings={siblings} />;
  }
  if (props.depth >= renderLimits.depth || !open.has(value)) {
    return <LongText text={JSON.stringify(value, null, 2)} path={exactPath(place)} pre />;
  }
  return <Collection {...props} value={value} kind={kind} />;
}

function Collection({ kind, ...props }: ValueProps & { value: object; kind: Kind }) {
  const value = props.value as JsonValue;
  if (Array.isArray(value)) {
    if (kind === 'chips') return <ChipsValue {...props} items={value} />;
    return isTable(value) ? <TableValue {...props} rows={value} /> : <ListValue {...props} items={value} />;
  }
  if (!isJsonObject(value)) return null;
  const change = kind === 'change' ? changeOf(value) : undefined;
  if (change) return <ChangeValue {...props} change={change} />;
  const user = kind === 'user' ? userName(value, true) : undefined;
  return user === undefined ? (
    <ObjectValue {...props} object={value} />
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

function EmbeddedJson({ text, ...props }: ValueProps & { text: string }) {
  const [unfolded, toggle] = useFold(`${exactPath(props.place)}#json`, false);
  const parsed = unfolded ? embeddedJson(text) : undefined;
  return (
    <>
      <LongText
        text={parsed ? JSON.stringify(parsed, null, 2) : text}
        path={exactPath(props.place)}
        pre={parsed !== undefined}
      />
      <button type="button" className="text-button" aria-expanded={unfolded} onClick={toggle}>
        {unfolded ? 'As it came' : 'Expand JSON'}
      </button>
    </>
  );
}

function Nothing({ value }: { value: JsonValue }) {
  const word = value === null || value === '' ? '—' : Array.isArray(value) ? 'empty list' : 'empty';
  return <span className="text-muted">{word}</span>;
}
