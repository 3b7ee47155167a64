import {
  ADDITIONAL_PROPERTY_FLAG,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type BaseInputTemplateProps,
  type FieldTemplateProps,
  type IconButtonProps,
  type ObjectFieldTemplateProps,
  type WrapIfAdditionalTemplateProps,
  canExpand,
} from '@rjsf/utils';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { labelOf } from './labels.js';

/** A setting with its name, what it means, and what is wrong with it. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, required, displayLabel, hidden, rawErrors = [] } = props;
  if (hidden) return <div hidden>{children}</div>;
  const isOwn = displayLabel === true;
  return (
    <Wrapped {...props}>
      {isOwn && (
        <label htmlFor={id}>
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

/** One name of a map can be changed and removed, all other settings have the name they have. */
function Wrapped(props: Omit<WrapIfAdditionalTemplateProps, 'children'> & { children: ReactNode }) {
  const { id, label, schema, children, onKeyRenameBlur, onRemoveProperty } = props;
  if (!(ADDITIONAL_PROPERTY_FLAG in schema)) return <div className="form-field">{children}</div>;
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

/** Settings that belong together. The outermost are the form itself. */
export function ObjectTemplate(props: ObjectFieldTemplateProps) {
  const { title, description, properties, schema, uiSchema, formData, onAddProperty, fieldPathId } = props;
  const isWhole = fieldPathId.path.length === 0;
  const inside = (
    <>
      {properties.map(({ content }) => content)}
      {canExpand(schema, uiSchema, formData) && <AddButton label="Add a name" onClick={onAddProperty} />}
    </>
  );
  if (isWhole) return <div className="flex flex-col gap-4">{inside}</div>;
  return (
    <fieldset className="form-group">
      {title && <legend>{title}</legend>}
      {description !== undefined && <p className="text-muted">{description}</p>}
      {inside}
    </fieldset>
  );
}

export function ListTemplate({
  title,
  schema,
  items,
  canAdd,
  onAddClick,
  rawErrors = [],
}: ArrayFieldTemplateProps) {
  return (
    <fieldset className="form-group">
      <legend>{title}</legend>
      {schema.description !== undefined && <p className="text-muted">{schema.description}</p>}
      {items}
      {rawErrors.map((error) => (
        <p key={error} className="form-errors">
          {error}
        </p>
      ))}
      {canAdd && <AddButton label={`Add to ${labelOf(title).toLowerCase()}`} onClick={onAddClick} />}
    </fieldset>
  );
}

export function ListItemTemplate({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps;
  const name = `item ${index + 1}`;
  return (
    <div className="form-item">
      <div className="form-item-tools">
        <span className="text-muted">{index + 1}</span>
        {hasMoveUp && (
          <button type="button" className="icon-button" aria-label={`Move ${name} up`} onClick={onMoveUpItem}>
            <ArrowUp size={14} aria-hidden="true" />
          </button>
        )}
        {hasMoveDown && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Move ${name} down`}
            onClick={onMoveDownItem}
          >
            <ArrowDown size={14} aria-hidden="true" />
          </button>
        )}
        {hasRemove && <RemoveButton label={`Remove ${name}`} onClick={onRemoveItem} />}
      </div>
      {children}
    </div>
  );
}

type ButtonProps = { label: string; onClick: IconButtonProps['onClick'] };

function AddButton({ label, onClick }: ButtonProps) {
  return (
    <button type="button" className="button self-start" onClick={onClick}>
      <Plus size={14} aria-hidden="true" /> {label}
    </button>
  );
}

function RemoveButton({ label, onClick }: ButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      <X size={14} aria-hidden="true" />
    </button>
  );
}
