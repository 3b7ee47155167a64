import type { HeartbeatAnswer, LeaseProof, RegistrationAnswer } from '@painchain/contract';
import { HttpError } from '@painchain/runtime/http';
import { backendTrouble } from '../backend/backend-trouble.js';
import { Bell } from '../schedule/bell.js';
import { fullJitter } from '../schedule/backoff.js';
import { Commands } from './commands.js';
import { IntegrationWorker, type WorkerHost } from './integration-worker.js';
import { type Identity, join } from './join.js';
import { Teller } from './teller.js';

/** Between two heartbeats that something urgent asks for. */
const shortestPauseMs = 1_000;
const leasesPerProcess = 200;
/** How long others wait for a source that doesn't end. */
const endingMs = 60_000;

/** How a connector's process is doing, for its own health check. */
export interface LifeStatus {
  registered: boolean;
  /** The last exchange with the backend succeeded. */
  connected: boolean;
  leases: number;
}

/**
 * A connector's life: join, then heartbeat, claim leases and work through them, until told to stop; then finish
 * what is in flight and hand everything back. When the backend no longer knows us, it begins anew.
 */
export class ConnectorLife {
  readonly #workers = new Map<string, IntegrationWorker>();
  readonly #bell = new Bell();
  readonly #commands: Commands;
  readonly #teller = new Teller();
  readonly #host: WorkerHost;
  #released: LeaseProof[] = [];
  #registered: RegistrationAnswer | undefined;
  #failures = 0;

  constructor(
    private readonly identity: Identity,
    host: Omit<WorkerHost, 'changed' | 'manifest'>,
  ) {
    this.#host = { ...host, manifest: identity.manifest, changed: () => this.#bell.ring() };
    this.#commands = new Commands(this.#host);
  }

  status(): LifeStatus {
    const registered = this.#registered !== undefined;
    return { registered, connected: registered && this.#failures === 0, leases: this.#workers.size };
  }

  /** Resolves when it has stopped, at most about `graceMs` after the signal was aborted. */
  async run(signal: AbortSignal, graceMs: number): Promise<void> {
    try {
      while (!signal.aborted) {
        this.#registered = await join(this.identity, this.#host, signal);
        this.#host.metrics.registered.set(1);
        await this.#serve(this.#registered, signal);
        if (!signal.aborted) await this.#forget(signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await this.#leave(graceMs);
  }

  /** Exchanges with the backend until told to stop, or until the backend doesn't know us any more. */
  async #serve(session: RegistrationAnswer, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#host;
    let urgent = false;
    while (!signal.aborted) {
      try {
        await this.#beat(session.connector_id, urgent, signal);
        await this.#exchangeLeases(session.connector_id, signal);
        if (this.#failures > 0) log.info('the backend answers again');
        this.#failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof HttpError && error.status === 404) return;
        if (this.#failures === 0) log.warn(backendTrouble(error), 'the heartbeat failed');
        this.#failures += 1;
      }
      const interval = session.heartbeat_seconds * 1000 * (0.9 + 0.2 * clock.random());
      const pause = this.#failures === 0 ? interval : fullJitter(this.#failures, () => clock.random());
      await clock.sleep(Math.min(shortestPauseMs, interval), signal).catch(() => undefined);
      urgent = await this.#bell.sleep(clock, Math.min(pause, interval), signal).catch(() => false);
    }
  }

  async #beat(connectorId: string, urgent: boolean, signal: AbortSignal): Promise<void> {
    const results = this.#commands.pending();
    const now = this.#host.clock.now();
    const { integration, drift } = this.identity;
    const workers = [...this.#workers.values()];
    const ofFile = workers.find(({ name }) => name === integration?.name);
    if (ofFile && drift) ofFile.drift = drift(now);
    const told = this.#teller.next(workers, results, now, urgent);
    const answer = await this.#host.client.heartbeat(connectorId, told.heartbeat, signal);
    told.arrived();
    this.#commands.told(results);
    this.#obey(answer);
  }

  #obey(answer: HeartbeatAnswer): void {
    for (const { integration_id: id, state } of answer.leases) {
      if (state === 'lost') this.#workers.get(id)?.drop();
      if (state === 'give_back') this.#workers.get(id)?.stop();
    }
    for (const command of answer.commands) {
      this.#commands.start(command, this.#workers.get(command.integration_id));
    }
  }

  async #exchangeLeases(connectorId: string, signal: AbortSignal): Promise<void> {
    const release = this.#released;
    // Two workers of one integration would share its directory, so nothing is claimed while one is ending.
    const now = this.#host.clock.now();
    const stopping = [...this.#workers.values()].some(
      ({ stoppingSince: since }) => since && now - since < endingMs,
    );
    const claim = stopping ? 0 : leasesPerProcess - this.#workers.size;
    if (claim === 0 && release.length === 0) return;
    const answer = await this.#host.client.lease(connectorId, { claim, release }, signal);
    this.#released = this.#released.filter((proof) => !release.includes(proof));
    for (const lease of answer.leases) {
      const known = this.#workers.get(lease.integration_id);
      if (known?.proof.epoch === lease.epoch) continue;
      known?.drop();
      this.#employ(new IntegrationWorker(lease, this.#host));
    }
  }

  #employ(worker: IntegrationWorker): void {
    const id = worker.proof.integration_id;
    this.#workers.set(id, worker);
    this.#host.metrics.leases.set(this.#workers.size);
    void this.#whenEnded(worker);
  }

  async #whenEnded(worker: IntegrationWorker): Promise<void> {
    await worker.ended;
    const id = worker.proof.integration_id;
    if (this.#workers.get(id) === worker) this.#workers.delete(id);
    // Also a lost one: when only its cursor was moved, the lease itself is still ours to hand back.
    this.#released.push(worker.proof);
    this.#host.metrics.leases.set(this.#workers.size);
    this.#bell.ring();
  }

  /** Drops everything, since what we know of it was told under a registration that is gone. */
  async #forget(signal: AbortSignal): Promise<void> {
    this.#host.log.warn('the backend does not know this connector any more: registering again');
    this.#registered = undefined;
    this.#host.metrics.registered.set(0);
    const workers = [...this.#workers.values()];
    workers.forEach((worker) => worker.drop());
    const ended = new AbortController();
    const patience = this.#host.clock.sleep(endingMs, AbortSignal.any([signal, ended.signal]));
    await Promise.race([Promise.all(workers.map((worker) => worker.ended)), patience.catch(() => undefined)]);
    ended.abort();
    this.#released = [];
  }

  /** Finishes what is in flight, within the grace, and hands the leases back. */
  async #leave(graceMs: number): Promise<void> {
    const { client, log } = this.#host;
    const workers = [...this.#workers.values()];
    workers.forEach((worker) => worker.stop());
    const grace = setTimeout(() => workers.forEach((worker) => worker.drop()), graceMs * 0.6);
    const patience = AbortSignal.timeout(graceMs);
    const given = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve()));
    await Promise.race([Promise.all(workers.map((worker) => worker.ended)), given]);
    clearTimeout(grace);
    if (!this.#registered) return;
    const { connector_id: id } = this.#registered;
    try {
      const release = [...this.#released, ...[...this.#workers.values()].map(({ proof }) => proof)];
      await client.lease(id, { claim: 0, release }, patience);
      await client.heartbeat(
        id,
        { state: 'stopped', leases: [], command_results: this.#commands.pending() },
        patience,
      );
    } catch (error) {
      log.debug(backendTrouble(error), 'the backend was not told that this connector stops');
    }
  }
}
