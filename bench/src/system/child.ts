import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@painchain/runtime';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One of PainChain's own processes, as anyone could start it. Ends with us, even if we are killed. */
export class Child {
  readonly #process: ChildProcess;

  constructor(
    private readonly name: string,
    script: string,
    env: Environment,
    private readonly logFile: string,
  ) {
    const log = openSync(logFile, 'a', 0o600);
    // Detached: Ctrl-C reaches us alone, and we end the others in order.
    // As the launcher and the images start connectors; a backend is started without.
    const flags = script.startsWith('connectors/') ? ['--optimize-for-size'] : [];
    this.#process = spawn(process.execPath, [...flags, join(root, script)], {
      cwd: root,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...env, PAINCHAIN_PARENT_PID: String(process.pid) },
    });
    closeSync(log);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** @throws when the process has ended instead. */
  async until(isReady: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!(await isReady())) {
      if (this.#hasEnded) throw new Error(`The ${this.name} ended. Its log: ${this.logFile}`);
      if (Date.now() > deadline)
        throw new Error(`The ${this.name} does not get ready. Its log: ${this.logFile}`);
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), 8_000);
    await exit;
    clearTimeout(force);
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}
