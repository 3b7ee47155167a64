import type { JsonObject } from '@painchain/contract';
// The package's own entry asks for a validator that is not installed; see docs/adr/0032-forms-from-schemas.md.
import Form from '@rjsf/core/lib/components/Form.js';
import type {
  ErrorSchema,
  RJSFValidationError,
  RegistryFieldsType,
  RegistryWidgetsType,
  TemplatesType,
} from '@rjsf/utils';
import { toErrorSchema } from '@rjsf/utils';
import { type Ref, useMemo } from 'react';
import { ErrorBoundary } from '../../../components/error-boundary.js';
import { type Formable, formable } from './formable.js';
import { SecretWidget } from './secret-widget.js';
import { withoutEmpty } from './without-empty.js';
import { withoutPatterns } from './without-patterns.js';
import { ChecksWidget, ChoiceWidget } from './theme-choices.js';
import { WordsField, YamlField } from './theme-fields.js';
import { ListItemTemplate, ListTemplate, ObjectTemplate } from './theme-groups.js';
import { FieldTemplate, InputTemplate } from './theme-templates.js';
import { type FormData, validator } from './validator.js';

/** What the server has refused, by where in the configuration that is. */
export type ConfigFault = { path: readonly string[]; detail: string };

type Props = {
  /** The type's `config_schema`. */
  schema: JsonObject;
  /** It came along with PainChain. */
  isOurs: boolean;
  config: JsonObject;
  faults: readonly ConfigFault[];
  /** For who saves: it checks the form, and shows what is wrong. */
  ref: Ref<Form<FormData>>;
  onChange(config: JsonObject): void;
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
export function ConfigForm({ schema, isOurs, ...rest }: Props) {
  const form = useMemo(() => formable(isOurs ? schema : withoutPatterns(schema)), [schema, isOurs]);
  const { properties = {}, additionalProperties } = form.schema;
  const hasFields = Object.keys(properties).length > 0 || typeof additionalProperties === 'object';
  if (!hasFields) return <InYaml />;
  return (
    <ErrorBoundary fallback={<InYaml />}>
      <Fields form={form} schema={schema} {...rest} />
    </ErrorBoundary>
  );
}

/** A schema may say what no form can show, or nothing at all. */
function InYaml() {
  return <p className="text-muted">What can be configured here has no form: write it as YAML.</p>;
}

type FieldsProps = Omit<Props, 'isOurs'> & { form: Formable };

function Fields({ form, schema, config, faults, ref, onChange }: FieldsProps) {
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
      focusOnFirstError={focusAt}
      // What is wrong stands at its field; without this it would be written to the console as well.
      onError={() => undefined}
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'skipDefaults',
        arrayMinItems: { populate: 'requiredOnly' },
      }}
      onChange={({ formData }) => onChange(withoutEmpty((formData ?? {}) as JsonObject, schema))}
    >
      {/* The page has the one button that saves. */}
      <span />
    </Form>
  );
}

/** The field of a fault, or the first one within what it is about. */
function focusAt({ property = '' }: RJSFValidationError): void {
  const field = document.getElementById(`config${property.replaceAll('.', '_')}`);
  const first = field?.matches('input, textarea, select') ? field : field?.querySelector('input, button');
  if (first instanceof HTMLElement) first.focus();
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
