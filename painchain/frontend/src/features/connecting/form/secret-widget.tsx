import type { WidgetProps } from '@rjsf/utils';
import { type ComponentProps, useLayoutEffect, useRef, useState } from 'react';
import { Instant } from '../../../components/instant.js';
import { type Kept, keptOf } from '../kept-secret.js';

/** A secret: what is stored is never shown, and stays until somebody types another one or leaves its place empty. */
export function SecretWidget({ id, label, value, options, onChange, required, rawErrors }: WidgetProps) {
  const [stored] = useState<unknown>(() => (keptOf(value) ? value : undefined));
  /** What was pressed last is gone, and so would be the focus. */
  const [isPressed, setPressed] = useState(false);
  const change = (next: unknown) => {
    setPressed(true);
    onChange(next);
  };
  // One that has to be given can't be removed.
  const emptied = stored === undefined || required === true ? undefined : null;
  const kept = keptOf(value);
  if (kept) {
    return (
      <KeptSecret id={id} label={label} kept={kept} hasFocus={isPressed} onReplace={() => change(emptied)} />
    );
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (
    <>
      <div className="flex items-start gap-2">
        <SecretInput
          id={id}
          text={text}
          isLong={options['isLong'] === true}
          // The reader has just asked for it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={isPressed}
          required={required}
          aria-invalid={rawErrors !== undefined && rawErrors.length > 0}
          aria-describedby={`${id}__description ${id}__error`}
          onText={(typed) => onChange(typed === '' ? emptied : typed)}
        />
        {stored !== undefined && (
          <button type="button" className="button" onClick={() => change(stored)}>
            Keep the stored one
          </button>
        )}
      </div>
      {value === null && <p className="text-muted">Left empty, the stored one is removed.</p>}
    </>
  );
}

type KeptProps = { id: string; label: string; kept: Kept; hasFocus: boolean; onReplace(): void };

function KeptSecret({ id, label, kept: { last4, updatedAt }, hasFocus, onReplace }: KeptProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <code className="value-code">
        <span className="sr-only">A secret that is stored</span>
        <span aria-hidden="true">••••{last4}</span>
      </code>
      <span className="text-muted">
        set <Instant at={updatedAt} />
      </span>
      <button
        type="button"
        id={id}
        className="button"
        aria-label={`Replace: ${label}`}
        // The button that was pressed to keep it is gone, and the focus would be with it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={hasFocus}
        onClick={onReplace}
      >
        Replace
      </button>
    </div>
  );
}

type InputProps = Pick<
  ComponentProps<'input'>,
  'id' | 'autoFocus' | 'required' | 'aria-invalid' | 'aria-describedby'
> & { text: string; isLong: boolean; onText(text: string): void };

/** React would write a value into the attributes of the page, where whatever looks at a page finds it. */
function SecretInput({ text, isLong, onText, ...rest }: InputProps) {
  const place = useRef<(HTMLInputElement & HTMLTextAreaElement) | null>(null);
  useLayoutEffect(() => {
    if (place.current && place.current.value !== text) place.current.value = text;
  }, [text]);
  const shared = {
    ...rest,
    ref: place,
    className: 'field-input w-full',
    spellCheck: false,
    onChange: ({ target }: { target: { value: string } }) => onText(target.value),
  };
  return isLong ? (
    <textarea {...shared} rows={4} autoComplete="off" />
  ) : (
    <input {...shared} type="password" autoComplete="new-password" />
  );
}
