import type { WidgetProps } from '@rjsf/utils';
import { useState } from 'react';
import { keptOf } from '../kept-secret.js';

/** One of several values, or none of them: then the default holds. */
export function ChoiceWidget({
  id,
  value,
  options,
  required,
  placeholder,
  onChange,
  rawErrors = [],
}: WidgetProps) {
  const choices = options.enumOptions ?? [];
  const chosen = choices.findIndex((choice) => choice.value === value);
  const [stored] = useState<unknown>(() => (keptOf(value) ? value : undefined));
  const isOther = value !== undefined && chosen < 0 && !keptOf(value);
  const nothing = stored === undefined ? placeholder || 'Not set' : 'Stored, and kept';
  const none = isOther ? `Something else: ${String(value)}` : nothing;
  return (
    <select
      id={id}
      className="field-input"
      value={chosen}
      aria-invalid={rawErrors.length > 0}
      aria-describedby={`${id}__description ${id}__error`}
      onChange={({ target }) =>
        onChange(target.value === '-1' ? stored : choices[Number(target.value)]?.value)
      }
    >
      {(!required || chosen < 0) && <option value={-1}>{none}</option>}
      {choices.map((choice, index) => (
        <option key={String(choice.value)} value={index}>
          {choice.label === 'true' ? 'Yes' : choice.label === 'false' ? 'No' : choice.label}
        </option>
      ))}
    </select>
  );
}

/** Any of several values; none of them means the default. */
export function ChecksWidget({ id, label, value, options, onChange }: WidgetProps) {
  const choices = options.enumOptions ?? [];
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1" id={id} role="group" aria-label={label}>
      {choices.map((choice) => (
        <label key={String(choice.value)} className="form-check">
          <input
            type="checkbox"
            checked={chosen.includes(choice.value)}
            onChange={({ target }) => {
              const next = choices
                .map((each) => each.value as unknown)
                .filter((each) => (each === choice.value ? target.checked : chosen.includes(each)));
              onChange(next.length === 0 ? undefined : next);
            }}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
