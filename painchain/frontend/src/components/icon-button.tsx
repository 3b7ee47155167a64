import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.js';

type Props = ComponentProps<'button'> & { label: string; children: ReactNode };

/** A button that shows only an icon; its label is what it is called. */
export function IconButton({ label, className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames('icon-button', className)}
      {...rest}
    >
      {children}
    </button>
  );
}
