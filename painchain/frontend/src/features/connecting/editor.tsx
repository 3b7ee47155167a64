import type { ConnectorTypeView } from '@painchain/contract';
import type Form from '@rjsf/core/lib/components/Form.js';
import { lazy, useRef, useState } from 'react';
import { Loaded } from '../../components/loaded.js';
import { ProblemBox } from '../../components/problem-box.js';
import type { Draft } from './draft.js';
import { ConfigForm } from './form/config-form.js';
import type { FormData } from './form/validator.js';
import { LeaveGuard } from './leave-guard.js';
import { NameFields } from './name-fields.js';
import { configFaults } from './save.js';
import { type Way, Ways } from './ways.js';

const YamlTab = lazy(() => import('./yaml/yaml-tab.js').then((module) => ({ default: module.YamlTab })));
const SnippetsTab = lazy(() =>
  import('./snippets/snippets-tab.js').then((module) => ({ default: module.SnippetsTab })),
);

type Props = {
  type: ConnectorTypeView;
  initial: Draft;
  saveLabel: string;
  isSaving: boolean;
  error: Error | null;
  onSave(draft: Draft): void;
  onCancel(): void;
};

/** A configuration as a form, as YAML, and as what runs it elsewhere: three views of one draft. */
export function Editor({ type, initial, saveLabel, isSaving, error, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(initial);
  const [way, setWay] = useState<Way>('form');
  /** The text of the YAML can't be read: what was typed is only there. */
  const [isUnreadable, setUnreadable] = useState(false);
  const form = useRef<Form<FormData>>(null);
  const isNamed = draft.name.trim() !== '';
  const faults = configFaults(error);
  const save = () => {
    // Without a form that could be shown, the server alone says what is wrong.
    if (way !== 'form' || (form.current?.validateForm() ?? true)) onSave(draft);
  };
  return (
    <form
      noValidate
      className="flex max-w-3xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed && !isUnreadable && !isSaving) save();
      }}
    >
      <LeaveGuard isNeeded={!isSaving && (isUnreadable || !isSame(draft, initial))} />
      {/* A text that can't be read would be lost. */}
      <Ways way={way} isFixed={isUnreadable} onWay={setWay} />
      <div id="way" role="tabpanel" aria-labelledby={`way-${way}`} className="flex max-w-3xl flex-col gap-5">
        {way === 'form' && (
          <>
            <NameFields draft={draft} onChange={setDraft} />
            <ConfigForm
              ref={form}
              schema={type.config_schema}
              isOurs={type.built_in}
              config={draft.config}
              faults={faults}
              onChange={(config) => setDraft((before) => ({ ...before, config }))}
            />
          </>
        )}
        <Loaded>
          {way === 'yaml' && (
            <YamlTab
              draft={draft}
              example={type.config_example}
              onDraft={setDraft}
              onReadable={(isReadable) => setUnreadable(!isReadable)}
            />
          )}
          {way === 'snippets' && <SnippetsTab draft={draft} type={type} />}
        </Loaded>
      </div>
      {error && (
        <ProblemBox error={error} what="It was not saved. Nothing that you typed is lost" onRetry={save} />
      )}
      {way !== 'snippets' && <Foot {...{ isNamed, isUnreadable, isSaving, saveLabel, onCancel }} />}
    </form>
  );
}

type FootProps = Pick<Props, 'isSaving' | 'saveLabel' | 'onCancel'> & {
  isNamed: boolean;
  isUnreadable: boolean;
};

/** Saves, or says why that can't be done yet. */
function Foot({ isNamed, isUnreadable, isSaving, saveLabel, onCancel }: FootProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="submit"
        className="button-primary"
        disabled={!isNamed || isUnreadable || isSaving}
        aria-describedby="cannot-save"
      >
        {isSaving ? 'Saving…' : saveLabel}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
      <span id="cannot-save" className="text-muted">
        {isUnreadable ? 'The YAML can’t be read yet.' : !isNamed && 'It needs a name.'}
      </span>
    </div>
  );
}

function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
