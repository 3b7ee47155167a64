import { ConfigurationError } from '../configuration/configuration-error.js';
import type { Environment } from '../configuration/read-environment.js';
import { exitCodes } from '../exit-codes.js';
import { redactText } from '../log/redact.js';
import { watchParent } from './watch-parent.js';

export interface ProcessContext {
  /** The environment that the process was started with. */
  env: Environment;
  /** Aborted when the process shall stop: SIGTERM, SIGINT, or its launcher is gone. */
  signal: AbortSignal;
  /** Resolves when the process shall stop. A server starts, registers its hooks and awaits this. */
  stopped: Promise<void>;
  /** Registers what to close. Hooks run one after the other, last registered first, after `main` has ended. */
  onShutdown(hook: () => void | Promise<void>): void;
}

export interface ProcessOptions {
  /** How long a stop may take before the process exits with 1, in milliseconds. Default 10,000. */
  graceMs?: number;
  env?: Environment;
}

const say = (text: string) => process.stderr.write(`${redactText(text)}\n`);

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Says what went wrong and gives the exit code for it. */
function report(error: unknown): number {
  if (error instanceof ConfigurationError) {
    say('The configuration cannot be used:');
    for (const { where, fault } of error.issues) say(`  ${where}: ${fault}`);
    return exitCodes.configuration;
  }
  say(`Stopped by a bug: ${describe(error)}`);
  return exitCodes.bug;
}

async function runToEnd(
  main: (context: ProcessContext) => Promise<void>,
  env: Environment,
  signal: AbortSignal,
): Promise<number> {
  const hooks: (() => void | Promise<void>)[] = [];
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let code: number = exitCodes.ok;
  try {
    await main({ env, signal, stopped, onShutdown: (hook) => hooks.push(hook) });
  } catch (error) {
    // Whoever was waiting on the signal is thrown out by it: that is how a stop looks from inside.
    const thrownOut = error === signal.reason || (error instanceof Error && error.name === 'AbortError');
    if (!(signal.aborted && thrownOut)) code = report(error);
  }
  for (const hook of hooks.reverse()) {
    try {
      await hook();
    } catch (error) {
      code = report(error);
    }
  }
  return code;
}

/** What a process needs of Node; tests put something else in its place. */
export type ProcessHost = Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr'> & {
  on(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
};

/**
 * Aborts on the first signal and ends the process when stopping takes too long. A launcher and a terminal may
 * both send one, so another signal counts only as an impatient human's: Ctrl-C, a second after the first.
 */
function stopper(host: ProcessHost, controller: AbortController, graceMs: number): (signal: unknown) => void {
  let stoppedAt = 0;
  return (signal) => {
    if (!controller.signal.aborted) {
      stoppedAt = Date.now();
      controller.abort();
      setTimeout(() => {
        say(`Stopping took longer than ${graceMs} ms.`);
        host.exit(exitCodes.bug);
      }, graceMs).unref();
    } else if (signal === 'SIGINT' && Date.now() - stoppedAt > 1_000) {
      host.exit(exitCodes.bug);
    }
  };
}

/**
 * Runs a process of ours from start to exit. SIGTERM and SIGINT ask it to stop: `signal` is aborted, `main` is
 * awaited, then the shutdown hooks. With `PAINCHAIN_PARENT_PID` set it also stops when that process is gone, so
 * that a killed launcher leaves no orphan.
 *
 * Exits with 0 when `main` resolves, 78 on a ConfigurationError (its faults listed calmly), 1 on anything else.
 */
export async function runProcess(
  main: (context: ProcessContext) => Promise<void>,
  options: ProcessOptions = {},
  host: ProcessHost = process,
): Promise<void> {
  const { graceMs = 10_000, env = host.env } = options;
  const controller = new AbortController();
  const stop = stopper(host, controller, graceMs);
  host.on('SIGTERM', stop);
  host.on('SIGINT', stop);
  host.on('uncaughtException', (error) => host.exit(report(error)));
  host.on('unhandledRejection', (error) => host.exit(report(error)));
  // A launcher that is gone no longer reads what we print; that must not end us before we have cleaned up.
  host.stdout.on('error', () => undefined);
  host.stderr.on('error', () => undefined);
  const parent = Number(env.PAINCHAIN_PARENT_PID);
  if (Number.isInteger(parent) && parent > 1) watchParent(parent, () => stop('parent'));
  host.exit(await runToEnd(main, env, controller.signal));
}
