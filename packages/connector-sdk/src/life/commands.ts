import { type CommandResult, type HeartbeatAnswer, limits } from '@painchain/contract';
import type { TestStep } from '../connector.js';
import { troubleOf } from '../schedule/trouble.js';
import { asSourceError } from '../source-error.js';
import { jsonBytes } from '../storable/storable-json.js';
import { cutText, storableText } from '../storable/storable-text.js';
import type { IntegrationWorker, WorkerHost } from './integration-worker.js';

type Command = HeartbeatAnswer['commands'][number];

const rememberedCommands = 1_000;

function stepOf({ name, ok, detail, remedy }: TestStep): CommandResult['steps'][number] {
  const clean = (text: string) => cutText(storableText(text), 2_000);
  return {
    name: cutText(storableText(name), 200),
    ok,
    ...(detail === undefined ? {} : { detail: clean(detail) }),
    ...(remedy === undefined ? {} : { remedy: clean(remedy) }),
  };
}

function failedStep(name: string, error: unknown): TestStep {
  const { detail, remedy } = troubleOf(asSourceError(error), '');
  return { name, ok: false, detail, remedy };
}

async function sync(worker: IntegrationWorker): Promise<readonly TestStep[]> {
  const ran = await worker.sync();
  return ran.map(({ source, trouble }) => ({
    name: source,
    ok: trouble === null,
    detail: trouble?.detail,
    remedy: trouble?.remedy,
  }));
}

/** Carries out what humans ask for by the backend: each command once, its result told with a heartbeat. */
export class Commands {
  readonly #seen = new Set<string>();
  #results: CommandResult[] = [];

  constructor(private readonly host: Pick<WorkerHost, 'log' | 'changed'>) {}

  /** Starts a command unless it was started before: the backend repeats what it has no result of. */
  start(command: Command, worker: IntegrationWorker | undefined): void {
    if (this.#seen.has(command.id)) return;
    this.#seen.add(command.id);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= rememberedCommands) break;
      this.#seen.delete(oldest);
    }
    void this.#run(command, worker);
  }

  /** Results that have not been told yet: as many as one heartbeat takes. */
  pending(): CommandResult[] {
    let bytes = 0;
    return this.#results.slice(0, 100).filter((result, index) => {
      bytes += jsonBytes(result);
      return index === 0 || bytes <= limits.bodyBytes / 4;
    });
  }

  told(results: readonly CommandResult[]): void {
    this.#results = this.#results.filter((result) => !results.includes(result));
  }

  async #run(command: Command, worker: IntegrationWorker | undefined): Promise<void> {
    const steps = await this.#steps(command, worker).catch((error: unknown) => [
      failedStep(command.kind, error),
    ]);
    const ok = steps.every((step) => step.ok);
    this.#results.push({ command_id: command.id, ok, steps: steps.slice(0, 50).map(stepOf) });
    this.host.log.info({ command: command.kind, ok }, 'a command was carried out');
    this.host.changed();
  }

  async #steps(command: Command, worker: IntegrationWorker | undefined): Promise<readonly TestStep[]> {
    if (worker) return command.kind === 'test' ? worker.test() : sync(worker);
    return [
      {
        name: command.kind,
        ok: false,
        detail: 'This connector no longer works through that integration.',
        remedy: 'Try it again in a minute.',
      },
    ];
  }
}
