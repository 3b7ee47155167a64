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
import { type ReactNode, useState } from 'react';
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
