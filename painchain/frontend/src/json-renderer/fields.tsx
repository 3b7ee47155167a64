import type { JsonObject } from '@painchain/contract';
import { Braces } from 'lucide-react';
import { useMemo } from 'react';
import { CopyButton } from '../components/copy-button.js';
import { ErrorBoundary } from '../components/error-boundary.js';
import { type Hint, hintForKey } from './hint.js';
import { renderLimits } from './limits.js';
import { RenderContext } from './render-context.js';
import { affordable, entriesOf, pathOf } from './structures.js';
import { Value } from './value.js';
import { labelOf } from './words.js';

type Props = {
  object: JsonObject;
  /** What paths begin with: `data`. */
  path: string;
  /** Identifies the event, so that what is unfolded stays so. */
  scope: string;
  folds: Map<string, boolean>;
  /** The JSON Schema with hints for this type of event, if its connector gave one. */
  schema?: JsonObject | undefined;
};

function inOrder(object: JsonObject, schema: JsonObject | undefined) {
  const fields = entriesOf(object).map(([key, value]) => ({ key, value, hint: hintForKey(schema, key) }));
  const place = (hint: Hint | undefined) => hint?.order ?? Number.MAX_SAFE_INTEGER;
  return fields.sort((one, other) => place(one.hint) - place(other.hint));
}

/** All fields of a foreign object, each with its actions. */
export function Fields({ object, path, scope, folds, schema }: Props) {
  const context = useMemo(() => ({ Value, open: affordable(object), folds, scope }), [object, folds, scope]);
  const fields = useMemo(() => inOrder(object, schema), [object, schema]);
  return (
    <RenderContext value={context}>
      <dl className="fields">
        {fields.slice(0, renderLimits.keys).map(({ key, value, hint }) => (
          <div key={key} className="field">
            <dt title={hint?.description ?? pathOf(path, key)}>
              <bdi>{hint?.title ?? labelOf(key)}</bdi>
            </dt>
            <dd>
              <ErrorBoundary>
                <Value name={key} value={value} path={pathOf(path, key)} depth={0} hint={hint} />
              </ErrorBoundary>
            </dd>
            <dd className="field-actions">
              <CopyButton
                text={pathOf(path, key)}
                label={`Copy the path of ${labelOf(key)}`}
                icon={<Braces size={14} />}
              />
              <CopyButton
                text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))}
                label={`Copy the value of ${labelOf(key)}`}
              />
            </dd>
          </div>
        ))}
      </dl>
      {fields.length > renderLimits.keys && (
        <p className="text-muted">
          and {(fields.length - renderLimits.keys).toLocaleString('en')} more fields, see Raw
        </p>
      )}
    </RenderContext>
  );
}
