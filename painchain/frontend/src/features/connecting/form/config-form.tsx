import type { JsonObject } from '@painchain/contract';
import Form from '@rjsf/core';
import type { ErrorSchema, RegistryFieldsType, RegistryWidgetsType, TemplatesType } from '@rjsf/utils';
import { toErrorSchema } from '@rjsf/utils';
import { type Ref, useMemo } from 'react';
import { formable } from './formable.js';
import { ChecksWidget, ChoiceWidget } from './theme-choices.js';
import { SecretWidget, WordsField, YamlField } from './theme-fields.js';
import {
  FieldTemplate,
  InputTemplate,
  ListItemTemplate,
  ListTemplate,
  ObjectTemplate,
} from './theme-templates.js';
import { type FormData, validator } from './validator.js';

/** What the server has refused, by where in the configuration that is. */
export type ConfigFault = { path: readonly string[]; detail: string };

type Props = {
  /** The type's `config_schema`. */
  schema: JsonObject;
  config: JsonObject;
  faults: readonly ConfigFault[];
  /** For who saves: it checks the form and calls `onValid`. */
  ref: Ref<Form<FormData>>;
  onChange(config: JsonObject): void;
  onValid(): void;
};

const templates: Partial<TemplatesType<FormData>> = {
  FieldTemplate,
  BaseInputTemplate: InputTemplate,
  ObjectFieldTemplate: ObjectTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
};
const widgets: RegistryWidgetsType<FormData> = {
  secret: SecretWidget,
  SelectWidget: ChoiceWidget,
  CheckboxesWidget: ChecksWidget,
};
const fields: RegistryFieldsType<FormData> = { words: WordsField, yaml: YamlField };

/** A configuration as a form, made of its schema alone. Nothing that was typed is lost by a fault. */
export function ConfigForm({ schema, config, faults, ref, onChange, onValid }: Props) {
  const form = useMemo(() => formable(schema), [schema]);
  const refused = useMemo(() => errorsOf(faults), [faults]);
  return (
    <Form<FormData>
      ref={ref}
      tagName="div"
      idPrefix="config"
      schema={form.schema}
      uiSchema={form.ui}
      formData={config}
      validator={validator}
      templates={templates}
      widgets={widgets}
      fields={fields}
      extraErrors={refused}
      extraErrorsBlockSubmit={false}
      noHtml5Validate
      showErrorList={false}
      focusOnFirstError
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'skipDefaults',
        arrayMinItems: { populate: 'requiredOnly' },
      }}
      onChange={({ formData }) => onChange((formData ?? {}) as JsonObject)}
      onSubmit={onValid}
    >
      {/* The page has the one button that saves. */}
      <span />
    </Form>
  );
}

function errorsOf(faults: readonly ConfigFault[]): ErrorSchema<FormData> {
  return toErrorSchema<FormData>(
    faults.map(({ path, detail }) => ({
      property: path.map((key) => `.${key}`).join(''),
      message: detail,
      stack: detail,
    })),
  );
}
