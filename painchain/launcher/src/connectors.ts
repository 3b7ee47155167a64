import { type ConfiguredConnector, readConfigured } from './configured-connectors.js';
import { type ConnectorHost, connectorProcess } from './connector-process.js';
import type { SupervisedProcess } from './supervise.js';

interface Running {
  version: string;
  type: string;
  process: SupervisedProcess;
}

/** One process per file of the configuration folder, following the folder: new, changed and removed files. */
export class Connectors {
  readonly #running = new Map<string, Running>();
  readonly #complained = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #first = true;

  constructor(private readonly host: ConnectorHost) {}

  /** Starts what is configured, and looks again every two seconds. */
  follow(): void {
    this.#reconcile();
    this.#first = false;
    this.#timer = setInterval(() => this.#reconcile(), 2_000);
  }

  get files(): string[] {
    return [...this.#running.keys()];
  }

  get names(): string[] {
    return [...this.#running.values()].map(({ process }) => process.spec.name);
  }

  /** The types of those that run just now. */
  get types(): string[] {
    return [...this.#running.values()].filter(({ process }) => process.pid).map(({ type }) => type);
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
    const { root, configDir } = this.host.config;
    const { connectors, unusable } = readConfigured(root, configDir);
    for (const { file, version, fault } of unusable) {
      if (this.#complained.get(file) === version) continue;
      this.#complained.set(file, version);
      this.host.terminal.warn(`${file} ${fault}. It is read again when it changes.`);
    }
    for (const connector of connectors) this.#ensure(connector);
    const present = new Set([...connectors, ...unusable].map(({ file }) => file));
    for (const [file, { process }] of this.#running) {
      if (present.has(file)) continue;
      this.#running.delete(file);
      this.host.terminal.say(`${file} is gone: its connector stops.`);
      void process.stop(5_000);
    }
  }

  #ensure(connector: ConfiguredConnector): void {
    const { type, file, version } = connector;
    this.#complained.delete(file);
    const running = this.#running.get(file);
    if (running?.version === version) return;
    if (running) {
      running.version = version;
      this.host.terminal.say(`${file} has changed: its connector starts again.`);
      running.process.restart();
      return;
    }
    if (!this.#first) this.host.terminal.say(`${file} is new: its connector starts.`);
    const supervised = connectorProcess(this.host, connector);
    this.#running.set(file, { version, type, process: supervised });
    supervised.start();
  }
}
