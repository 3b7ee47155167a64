import type { IconButtonProps } from '@rjsf/utils';
import { Plus, X } from 'lucide-react';

type ButtonProps = { label: string; onClick: IconButtonProps['onClick'] };

export function AddButton({ label, onClick }: ButtonProps) {
  return (
    <button type="button" className="button self-start" onClick={onClick}>
      <Plus size={14} aria-hidden="true" /> {label}
    </button>
  );
}

/** It goes with what it removes, so the focus goes to where another one is added. */
export function RemoveButton({ label, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={(event) => {
        const group = event.currentTarget.closest('.form-group');
        onClick?.(event);
        group?.querySelector<HTMLElement>(':scope > .button')?.focus();
      }}
    >
      <X size={14} aria-hidden="true" />
    </button>
  );
}
