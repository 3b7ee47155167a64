import type { CommandView } from '@painchain/contract';
import { CodedText } from '../../components/coded-text.js';
import { ProblemBox } from '../../components/problem-box.js';
import { StatusMark } from '../../components/status-mark.js';
import { commandWords, shownSteps } from './command-words.js';
import type { Ordered } from './use-command.js';

const titles = { test: 'Test connection', sync: 'Sync now' };
const problems = { test: 'The connection could not be tested', sync: 'It could not be synced' };

/** What becomes of a test or a sync, step by step, each that failed with its remedy. */
export function CommandOutcome({ ordered }: { ordered: Ordered }) {
  const { kind, command, failure } = ordered;
  if (!kind) return null;
  return (
    <section className="card flex flex-col gap-2" aria-label={titles[kind]}>
      <h2 className="font-semibold">{titles[kind]}</h2>
      {failure && <ProblemBox error={failure.error} what={problems[kind]} onRetry={failure.again} />}
      <p role="status">{!failure && (command ? commandWords(command) : 'Asking for it…')}</p>
      {command && command.steps.length > 0 && (
        <ol className="flex flex-col gap-2">
          {shownSteps(command).map((step, index) => (
            <li key={index}>
              <Step step={step} />
            </li>
          ))}
        </ol>
      )}
    </section>
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
