import {
  ADDITIONAL_PROPERTY_FLAG,
  type BaseInputTemplateProps,
  type FieldTemplateProps,
  type WrapIfAdditionalTemplateProps,
} from '@rjsf/utils';
import type { ReactNode } from 'react';
import { RemoveButton } from './theme-buttons.js';

/** A setting with its name, what it means, and what is wrong with it. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, required, displayLabel, hidden, rawErrors = [] } = props;
  if (hidden) return <div hidden>{children}</div>;
  const isOwn = displayLabel === true;
  return (
    <Wrapped {...props}>
      {isOwn && (
        <label htmlFor={id} className={isNamed(props) ? 'sr-only' : undefined}>
          {label}
          {required && <span className="text-muted"> (needed)</span>}
        </label>
      )}
      {children}
      {isOwn && props.rawDescription !== undefined && (
        <p id={`${id}__description`} className="text-muted">
          {props.rawDescription}
        </p>
      )}
      {rawErrors.length > 0 && (
        <ul id={`${id}__error`} className="form-errors">
          {rawErrors.map((error) => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      )}
    </Wrapped>
  );
}

/** It stands beside a name that people make up. */
function isNamed({ schema }: Pick<FieldTemplateProps, 'schema'>): boolean {
  return ADDITIONAL_PROPERTY_FLAG in schema;
}

/** One name of a map can be changed and removed, all other settings have the name they have. */
function Wrapped(props: Omit<WrapIfAdditionalTemplateProps, 'children'> & { children: ReactNode }) {
  const { id, label, children, onKeyRenameBlur, onRemoveProperty } = props;
  if (!isNamed(props)) return <div className="form-field">{children}</div>;
  return (
    <div className="form-pair">
      <input
        id={`${id}-key`}
        className="field-input"
        aria-label="Name"
        key={label}
        defaultValue={label}
        onBlur={onKeyRenameBlur}
      />
      <div className="form-field">{children}</div>
      <RemoveButton label={`Remove ${label}`} onClick={onRemoveProperty} />
    </div>
  );
}

export function InputTemplate(props: BaseInputTemplateProps) {
  const { id, value, required, schema, placeholder, onChange, rawErrors = [] } = props;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  return (
    <input
      id={id}
      className="field-input w-full"
      type={isNumber ? 'number' : 'text'}
      step={schema.type === 'integer' ? 1 : 'any'}
      autoComplete="off"
      spellCheck={false}
      value={value ?? ''}
      required={required}
      placeholder={placeholder}
      aria-invalid={rawErrors.length > 0}
      aria-describedby={`${id}__description ${id}__error`}
      onChange={({ target }) =>
        onChange(target.value === '' ? undefined : isNumber ? Number(target.value) : target.value)
      }
    />
  );
}
