import {
  type ConnectorManifest,
  type Drift,
  type RegistrationAnswer,
  contractVersion,
} from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import type { BackendClient } from '../backend/backend-client.js';
import { backendTrouble, isRefusal } from '../backend/backend-trouble.js';
import type { Clock } from '../clock.js';
import type { FileIntegration } from '../config/file-integration.js';
import { fullJitter } from '../schedule/backoff.js';

const refusedPauseMs = 60_000;

/** Who this process is. */
export interface Identity {
  instanceId: string;
  version: string;
  manifest: ConnectorManifest;
  /** Absent: it works through what others have registered for its type. */
  integration: FileIntegration | undefined;
  /** Whether the integration's file still says what it said at the start; absent where there is no file. */
  drift?: ((now: number) => Drift | null) | undefined;
}

interface JoinHost {
  client: BackendClient;
  clock: Clock;
  log: Logger;
}

/** Tries until it succeeds, however long that takes; says what is wrong each time that changes. */
async function persist<T>(
  what: string,
  host: JoinHost,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0, said = ''; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const trouble = backendTrouble(error);
      // Under compose the backend makes the key only after we have started.
      const refused = isRefusal(error) && trouble.code !== 'key-missing';
      if (refused || said !== trouble.code) host.log[refused ? 'error' : 'warn'](trouble, `${what} failed`);
      said = trouble.code;
      const pause = refused ? refusedPauseMs : fullJitter(attempt, () => host.clock.random());
      await host.clock.sleep(pause, signal);
    }
  }
}

/** Makes this process, and the integration of its file, known to the backend. Rejects only by the signal. */
export async function join(
  identity: Identity,
  host: JoinHost,
  signal: AbortSignal,
): Promise<RegistrationAnswer> {
  const { instanceId, manifest, version, integration } = identity;
  const registered = await persist('registering with the backend', host, signal, () =>
    host.client.register(
      {
        instance_id: instanceId,
        type: manifest.type,
        version,
        contract_version: contractVersion,
        manifest,
      },
      signal,
    ),
  );
  if (integration) {
    const { name, group, config, path } = integration;
    const file = { path, instance_id: instanceId };
    await persist('registering the integration of the configuration file', host, signal, () =>
      host.client.upsertIntegration({ type: manifest.type, name, group, config, file }, signal),
    );
  }
  host.log.info({ connector: registered.connector_id, integration: integration?.name }, 'registered');
  return registered;
}
