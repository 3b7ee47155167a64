import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectorHost, connectorProcess } from './connector-process.js';
import type { Connectors } from './connectors.js';
import { decide, type Demand, demandIn } from './demand.js';
import type { SupervisedProcess } from './supervise.js';

const pauseMs = 4_000;
/** Of the time, at most this part is spent on asking: ten thousand sources are a long answer. */
const busyPart = 0.05;

/** A process for each type of which something is connected in the interface and no other connector runs. */
export class ConnectorsOnDemand {
  readonly #running = new Map<string, SupervisedProcess>();
  /** Those that are still finishing what they do, by their types: two of one would share a directory. */
  readonly #ending = new Map<string, SupervisedProcess>();
  readonly #complained = new Set<string>();
  readonly #stop = new AbortController();

  constructor(
    private readonly host: ConnectorHost,
    private readonly configured: Pick<Connectors, 'types' | 'names'>,
  ) {}

  /** Asks the backend what is needed, again and again. */
  follow(): void {
    void this.#repeat();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#processes.map((process) => process.stop(graceMs)));
  }

  kill(): void {
    this.#stop.abort();
    for (const process of this.#processes) process.kill();
  }

  get #processes(): SupervisedProcess[] {
    return [...this.#running.values(), ...this.#ending.values()];
  }

  async #repeat(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const begun = Date.now();
      const demand = await this.#ask().catch(() => undefined);
      if (demand && !signal.aborted) this.#reconcile(demand);
      const pause = Math.max(pauseMs, (Date.now() - begun) / busyPart);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #ask(): Promise<Demand> {
    const ask = async (path: string): Promise<unknown> => {
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(10_000)]);
      return (await fetch(`${this.host.config.localUrl}/api/${path}`, { signal })).json();
    };
    const [integrations, connectors] = await Promise.all([ask('integrations'), ask('connectors')]);
    return demandIn(integrations, connectors);
  }

  #reconcile(demand: Demand): void {
    const { start, stop } = decide(demand, [...this.#running.keys()], this.configured.types);
    for (const type of stop) void this.#end(type, demand.wanted.has(type));
    for (const type of start) if (!this.#ending.has(type)) this.#begin(type);
  }

  /** What can't be started, as where the disk is full, must not end those that run. */
  #begin(type: string): void {
    try {
      this.#start(type);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#complain(type, `The connector of ${type} cannot be started (${reason}).`);
    }
  }

  #complain(type: string, text: string): void {
    if (this.#complained.has(type)) return;
    this.#complained.add(type);
    this.host.terminal.warn(text);
  }

  #start(type: string): void {
    const { config, terminal } = this.host;
    const script = join(config.root, 'connectors', type, 'dist', 'index.js');
    if (!existsSync(script)) {
      const text = `${type} is connected in the interface, and there is no such connector in connectors/.`;
      this.#complain(type, text);
      return;
    }
    // A file may be called like a type, and its connector writes a log of that name.
    const name = this.configured.names.includes(type) ? `${type}-registered` : type;
    const started = connectorProcess(this.host, { name, script, file: undefined });
    terminal.say(`${type} is connected in the interface: its connector starts.`);
    this.#complained.delete(type);
    this.#running.set(type, started);
    started.start();
  }

  async #end(type: string, isWanted: boolean): Promise<void> {
    const process = this.#running.get(type);
    if (!process) return;
    this.#running.delete(type);
    this.host.terminal.say(
      isWanted
        ? `${type} has a connector with a file: the other one stops.`
        : `Nothing of ${type} is connected in the interface any more: its connector stops.`,
    );
    this.#ending.set(type, process);
    await process.stop(5_000);
    this.#ending.delete(type);
  }
}
