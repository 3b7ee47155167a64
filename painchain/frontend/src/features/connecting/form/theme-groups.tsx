import {
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type ObjectFieldTemplateProps,
  canExpand,
} from '@rjsf/utils';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { labelOf } from './labels.js';
import { AddButton, RemoveButton } from './theme-buttons.js';

/** Settings that belong together. The outermost are the form itself. */
export function ObjectTemplate(props: ObjectFieldTemplateProps) {
  const { title, description, properties, schema, uiSchema, formData, onAddProperty, fieldPathId } = props;
  const inside = (
    <>
      {properties.map(({ content }) => content)}
      {canExpand(schema, uiSchema, formData) && <AddButton label="Add a name" onClick={onAddProperty} />}
    </>
  );
  if (fieldPathId.path.length === 0) return <div className="flex flex-col gap-4">{inside}</div>;
  if (title && !props.required) return <Optional {...props}>{inside}</Optional>;
  return (
    <fieldset id={fieldPathId.$id} className="form-group">
      {title && <legend>{title}</legend>}
      {description !== undefined && <p className="text-muted">{description}</p>}
      {inside}
    </fieldset>
  );
}

type OptionalProps = Pick<ObjectFieldTemplateProps, 'title' | 'description' | 'formData' | 'fieldPathId'> & {
  children: ReactNode;
};

/** Settings that nobody has to make, out of the way until somebody wants them. */
function Optional({ title, description, formData, fieldPathId, children }: OptionalProps) {
  const [isOpen, setOpen] = useState(() => Object.keys((formData as object | undefined) ?? {}).length > 0);
  return (
    <details
      id={fieldPathId.$id}
      className="form-optional"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <span className="font-semibold">{title}</span>{' '}
        {description !== undefined && <span className="text-muted">{description}</span>}
      </summary>
      <div className="form-group" role="group" aria-label={title}>
        {children}
      </div>
    </details>
  );
}

export function ListTemplate(props: ArrayFieldTemplateProps) {
  const { fieldPathId, title, schema, items, required, canAdd, onAddClick } = props;
  return (
    <fieldset id={fieldPathId.$id} className="form-group">
      <legend>
        {title}
        {required && <span className="text-muted"> (needed)</span>}
      </legend>
      {schema.description !== undefined && <p className="text-muted">{schema.description}</p>}
      {items}
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
