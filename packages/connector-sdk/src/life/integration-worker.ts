import { join } from 'node:path';
import {
  type ConnectorManifest,
  type HeldLease,
  type Lease,
  type LeaseProof,
  type Trouble,
  limits,
} from '@painchain/contract';
import { type Logger, issuesOf } from '@painchain/runtime';
import { type HttpClient, createHttpClient } from '@painchain/runtime/http';
import type { BackendClient } from '../backend/backend-client.js';
import { type Clock, instant } from '../clock.js';
import { redactSecretsOf } from '../config/redact-secrets-of.js';
import type { Connector, Source, SourceContext } from '../connector.js';
import { Delivery } from '../delivery/delivery.js';
import { LeaseLostError } from '../delivery/lease-lost-error.js';
import type { ConnectorMetrics } from '../metrics.js';
import type { Limiter } from '../schedule/limiter.js';
import { SourceRunner } from '../schedule/source-runner.js';
import { troubleOf } from '../schedule/trouble.js';
import { SourceError, asSourceError } from '../source-error.js';
import { isBlank, storableText } from '../storable/storable-text.js';

const setUpAgainMs = 60_000;

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
  /** Resolves when nothing of it runs any more, with whether its lease was lost. */
  readonly ended: Promise<'stopped' | 'lost'>;
  /** When it was told to stop, in milliseconds since 1970. */
  stoppingSince: number | undefined;
  readonly #stop = new AbortController();
  readonly #drop = new AbortController();
  readonly #log: Logger;
  #clients: HttpClient[] = [];
  #runners: SourceRunner[] = [];
  #trouble: Trouble | undefined;

  constructor(
    readonly lease: Lease,
    private readonly host: WorkerHost,
  ) {
    this.proof = { integration_id: lease.integration_id, epoch: lease.epoch };
    this.#log = host.log.child({ integration: lease.name });
    redactSecretsOf(lease.config, host.manifest.config_schema);
    this.ended = this.#work();
  }

  /** Begins nothing new; what is being delivered is delivered. */
  stop(): void {
    this.stoppingSince ??= this.host.clock.now();
    this.#stop.abort();
  }

  /** Drops everything at once, because it is somebody else's by now. */
  drop(): void {
    this.stop();
    this.#drop.abort();
  }

  held(now: number): HeldLease {
    const sources = this.#runners.slice(0, 1_000).map((runner) => runner.health.status(now));
    return { ...this.proof, sources, trouble: this.#trouble ?? null };
  }

  /** Runs every source now; resolves when all have ended that run. What can't be set up has run nothing. */
  async sync(): Promise<{ source: string; trouble: Trouble | null }[]> {
    if (this.#trouble) return [{ source: this.lease.name, trouble: this.#trouble }];
    await Promise.all(this.#runners.filter(({ source }) => !source.watches).map((runner) => runner.sync()));
    const now = this.host.clock.now();
    return this.#runners.map(({ health, source }) => ({
      source: source.name,
      trouble: health.status(now).trouble,
    }));
  }

  /** The configuration as the connector's schema reads it. @throws SourceError with all of its faults. */
  config(): unknown {
    const parsed = this.host.connector.configSchema.safeParse(this.lease.config);
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

  context(clients: HttpClient[] = this.#clients): SourceContext {
    const { clock, dataDir, manifest } = this.host;
    const { integration_id: id, name, group } = this.lease;
    return {
      integration: { id, name, group },
      dataDir: join(dataDir, 'connectors', manifest.type, id.replaceAll(/[^\w-]/g, '_')),
      signal: this.#stop.signal,
      log: this.#log,
      now: () => clock.now(),
      http: (options) => {
        const client = createHttpClient(options);
        clients.push(client);
        return client;
      },
    };
  }

  async #work(): Promise<'stopped' | 'lost'> {
    try {
      await this.#setUp();
      this.host.changed();
      await Promise.all(this.#runners.map((runner) => runner.run()));
      return 'stopped';
    } catch (error) {
      this.drop();
      if (error instanceof LeaseLostError) return this.#lost(error);
      if (this.#stop.signal.aborted) return 'stopped';
      this.#log.error({ err: error }, 'an integration failed unexpectedly');
      return 'lost';
    } finally {
      await closeAll(this.#clients);
    }
  }

  #lost(error: LeaseLostError): 'lost' {
    this.#log.info({ detail: error.message }, 'the lease is lost: leasing anew');
    return 'lost';
  }

  /** Makes the sources, for as long as it takes. Rejects only when it is stopped. */
  async #setUp(): Promise<void> {
    const { clock, connector } = this.host;
    for (;;) {
      const clients: HttpClient[] = [];
      try {
        const sources = checked(await connector.sources(this.config(), this.context(clients)));
        // The same list: a source may ask for a client as late as in its runs.
        clients.push(...this.#clients);
        this.#clients = clients;
        this.#trouble = undefined;
        this.#runners = sources.map((source) => this.#runnerOf(source));
        return;
      } catch (thrown) {
        await closeAll(clients);
        this.#stop.signal.throwIfAborted();
        const error = asSourceError(thrown);
        this.#trouble = troubleOf(error, this.#trouble?.since ?? instant(clock.now()));
        this.#log.warn({ ...this.#trouble, err: error.cause }, 'an integration cannot be set up');
        this.host.changed();
        await clock.sleep(Math.max(error.retryAfterMs ?? 0, setUpAgainMs), this.#stop.signal);
      }
    }
  }

  #runnerOf(source: Source): SourceRunner {
    const { client, clock, limiter, manifest, metrics } = this.host;
    const position = this.lease.sources.find((known) => known.source === source.name);
    return new SourceRunner(source, position ?? { cursor: null, version: 0, watermark: null }, {
      connectorType: manifest.type,
      delivery: new Delivery({ client, lease: this.proof, clock, log: this.#log, metrics }),
      limiter,
      clock,
      log: this.#log,
      metrics,
      stop: this.#stop.signal,
      drop: this.#drop.signal,
      changed: () => this.host.changed(),
    });
  }
}

async function closeAll(clients: readonly HttpClient[]): Promise<void> {
  await Promise.allSettled(clients.map((client) => client.close()));
}

/** Sources whose names can carry a cursor each. */
function checked(sources: readonly Source[]): readonly Source[] {
  const names = sources.map(({ name }) => name);
  const odd = names.find(
    (name, index) =>
      isBlank(name) ||
      name.length > limits.source ||
      storableText(name) !== name ||
      names.indexOf(name) !== index,
  );
  if (odd === undefined) return sources;
  throw new SourceError({
    code: 'source-name',
    detail: `The source "${odd.slice(0, 100)}" is configured twice, or can't be a name.`,
    remedy: 'Configure each source once.',
    kind: 'configuration',
  });
}
