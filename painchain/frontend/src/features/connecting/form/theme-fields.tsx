import type { FieldProps } from '@rjsf/utils';
import { useId, useState } from 'react';

/** A list of words, typed with commas between them. */
export function WordsField(props: FieldProps) {
  const { formData } = props;
  const given: unknown[] = formData === undefined ? [] : Array.isArray(formData) ? formData : [formData];
  const isTypable = (word: unknown) => typeof word === 'string' && wordsIn(word).join() === word;
  return given.every(isTypable) ? (
    <TypedWords {...props} given={given as string[]} />
  ) : (
    <YamlField {...props} />
  );
}

function TypedWords({ schema, fieldPathId, onChange, rawErrors, given }: FieldProps & { given: string[] }) {
  const id = fieldPathId.$id;
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
        aria-describedby={`${id}__description ${id}__error`}
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
