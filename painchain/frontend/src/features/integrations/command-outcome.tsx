import type { CommandView, IntegrationView } from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { CodedText } from '../../components/coded-text.js';
import { ProblemBox } from '../../components/problem-box.js';
import { StatusMark } from '../../components/status-mark.js';
import { commandWords, lookedAt, shownSteps } from './command-words.js';
import { isOurs } from './standing.js';
import type { Ordered } from './use-command.js';

const titles = { test: 'Test connection', sync: 'Sync now' };
const problems = { test: 'The connection could not be tested', sync: 'It could not be synced' };

type Props = { ordered: Ordered; integration: IntegrationView };

/** What becomes of a test or a sync, step by step, each that failed with its remedy. */
export function CommandOutcome({ ordered, integration }: Props) {
  const { kind, command, failure, isRunning } = ordered;
  if (!kind) return null;
  return (
    <section className="card flex flex-col gap-2" aria-label={titles[kind]}>
      <h2 className="font-semibold">{titles[kind]}</h2>
      {failure && <ProblemBox error={failure.error} what={problems[kind]} onRetry={failure.again} />}
      <p role="status">{!failure && (command ? commandWords(command) : 'Asking for it…')}</p>
      {command && isRunning && kind === 'sync' && (
        <SyncProgress command={command} integration={integration} />
      )}
      {command && command.steps.length > 0 && (
        <ol className="flex flex-col gap-2">
          {shownSteps(command).map((step, index) => (
            <li key={index}>
              <Step step={step} />
            </li>
          ))}
        </ol>
      )}
      {command?.status === 'failed' && <Mend integration={integration} />}
    </section>
  );
}

function SyncProgress({
  command,
  integration: { sources },
}: {
  command: CommandView;
  integration: IntegrationView;
}) {
  const done = lookedAt(sources, command);
  return (
    <p className="flex items-center gap-2 text-muted">
      <progress className="progress" max={sources.length || 1} value={done} aria-label="Sources looked at" />
      {done.toLocaleString('en')} of {sources.length.toLocaleString('en')} sources looked at
    </p>
  );
}

function Step({ step: { name, ok, detail, remedy } }: { step: CommandView['steps'][number] }) {
  return (
    <div className="step">
      <StatusMark tone={ok ? 'good' : 'bad'} word={ok ? 'OK' : 'Failed'} />
      <div className="min-w-0 break-words">
        <p>
          <bdi className="font-semibold">{name}</bdi>
          {detail !== undefined && (
            <>
              : <CodedText text={detail} />
            </>
          )}
        </p>
        {remedy !== undefined && (
          <p>
            <span className="font-semibold">What to do: </span>
            <CodedText text={remedy} />
          </p>
        )}
      </div>
    </div>
  );
}

/** Where what failed is mended. */
function Mend({ integration }: { integration: IntegrationView }) {
  const { id, file } = integration;
  if (isOurs(integration))
    return (
      <Link to="/settings/integrations/$id/edit" params={{ id }} className="button self-start">
        Edit its configuration
      </Link>
    );
  return (
    <p>
      Its configuration is mended in <code className="value-code">{file ?? 'its file'}</code>.
    </p>
  );
}
