import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { ConnectorManifest, Drift, Lease, LeaseProof, Trouble } from '@painchain/contract';
import { type Logger, issuesOf } from '@painchain/runtime';
import { type HttpClient, createHttpClient } from '@painchain/runtime/http';
import type { BackendClient } from '../backend/backend-client.js';
import type { Clock } from '../clock.js';
import { redactSecretsOf } from '../config/redact-secrets-of.js';
import type { Connector, SourceContext, TestStep } from '../connector.js';
import { Delivery } from '../delivery/delivery.js';
import { LeaseLostError } from '../delivery/lease-lost-error.js';
import type { ConnectorMetrics } from '../metrics.js';
import type { Limiter } from '../schedule/limiter.js';
import type { SourceHealth } from '../schedule/source-health.js';
import { SourcePool } from '../schedule/source-pool.js';
import { SourceError } from '../source-error.js';
import { type Asked, firstList, supply } from './source-supply.js';

/** What all integrations of a process share. */
export interface WorkerHost {
  connector: Connector<unknown>;
  manifest: ConnectorManifest;
  dataDir: string;
  client: BackendClient;
  limiter: Limiter;
  clock: Clock;
  log: Logger;
  metrics: ConnectorMetrics;
  /** Something is worth telling the backend at once. */
  changed(): void;
}

/** Works through one leased integration: makes its sources and runs them until it is stopped or lost. */
export class IntegrationWorker {
  readonly proof: LeaseProof;
  readonly name: string;
  /** Resolves when nothing of it runs any more, with whether its lease was lost. */
  readonly ended: Promise<'stopped' | 'lost'>;
  /** When it was told to stop, in milliseconds since 1970. */
  stoppingSince: number | undefined;
  /** What its configuration file says differently; null as long as it doesn't, and where there is none. */
  drift: Drift | null = null;
  readonly #integration: SourceContext['integration'];
  readonly #settings: unknown;
  readonly #stop = new AbortController();
  readonly #drop = new AbortController();
  readonly #log: Logger;
  readonly #pool: SourcePool;
  readonly #clients = new Set<readonly HttpClient[]>();
  #supplied = false;
  #trouble: Trouble | null = null;

  constructor(
    lease: Lease,
    private readonly host: WorkerHost,
  ) {
    this.proof = { integration_id: lease.integration_id, epoch: lease.epoch };
    this.name = lease.name;
    this.#integration = { id: lease.integration_id, name: lease.name, group: lease.group };
    this.#settings = lease.config;
    this.#log = host.log.child({ integration: lease.name });
    redactSecretsOf(lease.config, host.manifest.config_schema);
    // Many listen for a while: each delivery, each of a connector's requests.
    setMaxListeners(0, this.#stop.signal, this.#drop.signal);
    this.#pool = this.#poolOf(lease);
    this.ended = this.#work();
  }

  /** Begins nothing new; what is being delivered is delivered. */
  stop(): void {
    this.stoppingSince ??= this.host.clock.now();
    this.#stop.abort();
    this.#pool.stop();
  }

  /** Drops everything at once, because it is somebody else's by now. */
  drop(): void {
    this.stop();
    this.#drop.abort();
  }

  /** How its sources do. */
  health(): SourceHealth[] {
    return this.#pool.runners().map(({ health }) => health);
  }

  /** Whether it is known yet what sources it has, or why not. */
  get known(): boolean {
    return this.#supplied || this.#trouble !== null;
  }

  /** What keeps the whole integration from working. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Runs every source now; resolves when all have ended that run. What can't be set up has run nothing. */
  async sync(): Promise<{ source: string; trouble: Trouble | null }[]> {
    const troubled = this.#trouble ? [{ source: this.name, trouble: this.#trouble }] : [];
    const runners = this.#pool.runners();
    await Promise.all(runners.filter(({ source }) => !source.watches).map((runner) => runner.sync()));
    const now = this.host.clock.now();
    const ran = runners.map(({ health, source }) => ({
      source: source.name,
      trouble: health.status(now).trouble,
    }));
    return [...troubled, ...ran];
  }

  /** Tries the configuration, step by step, with connections of its own. */
  async test(): Promise<readonly TestStep[]> {
    const { connector } = this.host;
    const clients: HttpClient[] = [];
    try {
      const [config, context] = [this.#config(), this.#context(clients)];
      if (connector.test) return await connector.test(config, context);
      const sources = await firstList(await connector.sources(config, context));
      return sources.map(({ name }) => ({ name, ok: true }));
    } finally {
      await closeAll(clients);
    }
  }

  async #work(): Promise<'stopped' | 'lost'> {
    const supplied = supply({
      clock: this.host.clock,
      log: this.#log,
      signal: this.#stop.signal,
      ask: () => this.#ask(),
      replace: (sources) => {
        this.#supplied = true;
        this.#pool.replace(sources);
      },
      trouble: (trouble) => {
        this.#trouble = trouble;
        this.host.changed();
      },
    });
    try {
      await Promise.all([supplied, this.#pool.ended]);
      return 'stopped';
    } catch (error) {
      this.drop();
      if (error instanceof LeaseLostError) return this.#lost(error);
      this.#log.error({ err: error }, 'an integration failed unexpectedly');
      return 'lost';
    } finally {
      await Promise.all([...this.#clients].map(closeAll));
    }
  }

  #lost(error: LeaseLostError): 'lost' {
    this.#log.info({ detail: error.message }, 'the lease is lost: leasing anew');
    return 'lost';
  }

  /** Asks the connector for its sources. What it opens for them stays open until it is closed, or all ends. */
  async #ask(): Promise<Asked> {
    const clients: HttpClient[] = [];
    this.#clients.add(clients);
    const close = () => {
      this.#clients.delete(clients);
      return closeAll(clients);
    };
    try {
      const sources = await this.host.connector.sources(this.#config(), this.#context(clients));
      this.#stop.signal.throwIfAborted();
      return { sources, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** The configuration as the connector's schema reads it. @throws SourceError with all of its faults. */
  #config(): unknown {
    const parsed = this.host.connector.configSchema.safeParse(this.#settings);
    if (parsed.success) return parsed.data;
    throw new SourceError({
      code: 'configuration-invalid',
      detail: issuesOf(parsed.error)
        .map(({ where, fault }) => `${where}: ${fault}`)
        .join('; '),
      remedy: 'Correct the configuration of this integration.',
      kind: 'configuration',
    });
  }

  /** @param clients takes what is opened: a source may ask for a client as late as in its runs */
  #context(clients: HttpClient[]): SourceContext {
    const { clock, dataDir, manifest } = this.host;
    const id = this.proof.integration_id.replaceAll(/[^\w-]/g, '_');
    return {
      integration: this.#integration,
      dataDir: join(dataDir, 'connectors', manifest.type, id),
      signal: this.#stop.signal,
      log: this.#log,
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms, this.#stop.signal),
      http: (options) => {
        const client = createHttpClient(options);
        clients.push(client);
        return client;
      },
    };
  }

  #poolOf(lease: Lease): SourcePool {
    const { client, clock, limiter, manifest, metrics } = this.host;
    const positions = lease.sources.map(({ source, ...position }) => [source, position] as const);
    const host = {
      connectorType: manifest.type,
      delivery: new Delivery({ client, lease: this.proof, clock, log: this.#log, metrics }),
      limiter,
      clock,
      log: this.#log,
      metrics,
      drop: this.#drop.signal,
      changed: () => this.host.changed(),
    };
    return new SourcePool(host, new Map(positions));
  }
}

async function closeAll(clients: readonly HttpClient[]): Promise<void> {
  await Promise.allSettled(clients.map((client) => client.close()));
}
