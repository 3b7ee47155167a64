import type { FieldProps, WidgetProps } from '@rjsf/utils';
import { useId, useState } from 'react';
import { Instant } from '../../../components/instant.js';
import { keptOf } from '../kept-secret.js';

/** A secret: what is stored is never shown, and stays until somebody types another one. */
export function SecretWidget({ id, label, value, options, onChange, required, rawErrors }: WidgetProps) {
  const [stored] = useState<unknown>(() => (keptOf(value) ? value : undefined));
  const current = keptOf(value);
  if (current) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <code className="value-code" aria-label="A secret that is stored">
          ••••{current.last4}
        </code>
        <span className="text-muted">
          set <Instant at={current.updatedAt} />
        </span>
        <button
          type="button"
          id={id}
          className="button"
          aria-label={`Replace: ${label}`}
          onClick={() => onChange('')}
        >
          Replace
        </button>
      </div>
    );
  }
  const shared = {
    id,
    className: 'field-input w-full',
    value: typeof value === 'string' ? value : '',
    required,
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': rawErrors !== undefined && rawErrors.length > 0,
    'aria-describedby': `${id}__description ${id}__error`,
  };
  const typed = (text: string) => onChange(text === '' ? undefined : text);
  return (
    <div className="flex items-start gap-2">
      {options['isLong'] === true ? (
        <textarea {...shared} rows={4} onChange={(event) => typed(event.target.value)} />
      ) : (
        <input {...shared} type="password" onChange={(event) => typed(event.target.value)} />
      )}
      {stored !== undefined && (
        <button type="button" className="button" onClick={() => onChange(stored)}>
          Keep the stored one
        </button>
      )}
    </div>
  );
}

/** A list of words, typed with commas between them. */
export function WordsField({ schema, formData, fieldPathId, onChange, rawErrors }: FieldProps) {
  const id = fieldPathId.$id;
  const given: string[] = Array.isArray(formData) ? formData : [];
  const [text, setText] = useState(given.join(', '));
  const isSame = wordsIn(text).join('\n') === given.join('\n');
  return (
    <div className="form-field">
      <label htmlFor={id}>{schema.title}</label>
      <input
        id={id}
        className="field-input w-full"
        // Another value than what was typed comes from outside, such as from the YAML.
        value={isSame ? text : given.join(', ')}
        placeholder="Several, with commas between them"
        aria-invalid={rawErrors !== undefined && rawErrors.length > 0}
        aria-describedby={`${id}__description`}
        onChange={(event) => {
          setText(event.target.value);
          const words = wordsIn(event.target.value);
          onChange(words.length === 0 ? undefined : words, fieldPathId.path);
        }}
      />
      {schema.description !== undefined && (
        <p id={`${id}__description`} className="text-muted">
          {schema.description}
        </p>
      )}
    </div>
  );
}

function wordsIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** What no field can say: it stays as it is, and is changed in the YAML. */
export function YamlField({ schema, formData }: FieldProps) {
  const id = useId();
  const isSet = formData !== undefined && !(Array.isArray(formData) && formData.length === 0);
  return (
    <div className="form-field" role="group" aria-labelledby={id}>
      <span id={id}>{schema.title}</span>
      <p className="text-muted">
        {schema.description} {isSet ? 'It is set; change it' : 'Set it'} in the YAML.
      </p>
    </div>
  );
}
