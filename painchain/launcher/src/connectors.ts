import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalmReport } from './calm-report.js';
import type { LauncherConfig } from './config.js';
import { type ConfiguredConnector, readConfigured } from './configured-connectors.js';
import { connectorEnvironment } from './environments.js';
import type { InstanceLock } from './instance-lock.js';
import { shownPath } from './shown-path.js';
import { SupervisedProcess, type UnexpectedEnd } from './supervise.js';
import type { Terminal } from './terminal.js';

/** A connector reads much and keeps little: without it V8 lets several times as much as it keeps pile up. */
const lean = ['--optimize-for-size'];

interface Running {
  version: string;
  process: SupervisedProcess;
}

/** One process per file of the configuration folder, following the folder: new, changed and removed files. */
export class Connectors {
  readonly #running = new Map<string, Running>();
  readonly #complained = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #first = true;

  constructor(
    private readonly config: LauncherConfig,
    private readonly terminal: Terminal,
    private readonly report: CalmReport,
    private readonly lock: InstanceLock,
  ) {}

  /** Starts what is configured, and looks again every two seconds. */
  follow(): void {
    this.#reconcile();
    this.#first = false;
    this.#timer = setInterval(() => this.#reconcile(), 2_000);
  }

  get files(): string[] {
    return [...this.#running.keys()];
  }

  async stop(graceMs: number): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#running.values()].map(({ process }) => process.stop(graceMs)));
  }

  kill(): void {
    clearInterval(this.#timer);
    for (const { process } of this.#running.values()) process.kill();
  }

  #reconcile(): void {
    const { connectors, unusable } = readConfigured(this.config.root, this.config.configDir);
    for (const { file, version, fault } of unusable) {
      if (this.#complained.get(file) === version) continue;
      this.#complained.set(file, version);
      this.terminal.warn(`${file} ${fault}. It is read again when it changes.`);
    }
    for (const connector of connectors) this.#ensure(connector);
    const present = new Set([...connectors, ...unusable].map(({ file }) => file));
    for (const [file, { process }] of this.#running) {
      if (present.has(file)) continue;
      this.#running.delete(file);
      this.terminal.say(`${file} is gone: its connector stops.`);
      void process.stop(5_000);
    }
  }

  #ensure(connector: ConfiguredConnector): void {
    const { name, file, version } = connector;
    this.#complained.delete(file);
    const running = this.#running.get(file);
    if (running?.version === version) return;
    if (running) {
      running.version = version;
      this.terminal.say(`${file} has changed: its connector starts again.`);
      running.process.restart();
      return;
    }
    if (!this.#first) this.terminal.say(`${file} is new: its connector starts.`);
    mkdirSync(join(this.config.dataDir, 'connectors', name), { recursive: true });
    const logFile = join(this.config.dataDir, 'logs', `${name}.log`);
    const supervised = new SupervisedProcess(
      {
        name,
        script: connector.script,
        nodeFlags: [...lean, ...(this.config.watch ? ['--watch', '--watch-preserve-output'] : [])],
        cwd: this.config.root,
        env: connectorEnvironment(this.config, connector, process.env),
        logFile,
      },
      {
        started: (pid) => this.lock.remember(name, pid),
        line: (text) => this.report.read(name, text),
        ended: (end) => describeEnd(this.terminal, name, file, shownPath(this.config.root, logFile), end),
      },
    );
    this.#running.set(file, { version, process: supervised });
    supervised.start();
  }
}

function describeEnd(
  terminal: Terminal,
  name: string,
  file: string,
  logFile: string,
  end: UnexpectedEnd,
): void {
  if (end.configuration) {
    terminal.warn(`${file} cannot be used; it is read again when it changes.`);
    for (const line of end.complaint) terminal.say(`    ${line.trim()}`);
    return;
  }
  const seconds = Math.ceil(end.retryInMs / 1000);
  terminal.warn(`${name} ended (${end.how}); it starts again in ${seconds} s. Its log: ${logFile}`);
}
