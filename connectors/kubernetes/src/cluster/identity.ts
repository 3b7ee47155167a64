import { createHash } from 'node:crypto';
import { HttpError, type Logger } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Api } from './api.js';
import { type Asked, configurationError, explain } from './faults.js';
import { identityRule, inWords } from './rule.js';

const Namespace = z.object({ metadata: z.object({ uid: z.string().min(1) }) });

/** Who a cluster is, and whether that is known from itself. */
export interface Identity {
  uid: string;
  /** Made of its address and its certificate authority, since the namespace kube-system may not be read. */
  derived: boolean;
}

/** A uid of the same kind for whoever can't ask for the real one. Another address or authority makes another one. */
async function derive(api: Api): Promise<string> {
  const { host, pathname } = new URL(api.server);
  const known = JSON.stringify([host, pathname.replace(/\/+$/, ''), await api.authority()]);
  return createHash('sha256').update(known).digest('hex').slice(0, 32);
}

/**
 * A cluster has no name of its own: the uid of its namespace kube-system stands for it. Once told it stays for the life
 * of the process, so that a right that is given or taken in between changes no keys half-way.
 */
export class ClusterIdentity {
  #known: Promise<Identity> | undefined;

  constructor(
    private readonly api: Api,
    private readonly place: { name: string; signal: AbortSignal; log: Logger },
  ) {}

  get(): Promise<Identity> {
    this.#known ??= this.#ask().catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }

  async #ask(): Promise<Identity> {
    const { name, signal, log } = this.place;
    const asked: Asked = { cluster: name, what: 'the namespace kube-system', rule: identityRule };
    try {
      const answer = await this.api.get('/api/v1/namespaces/kube-system', signal);
      const uid = Namespace.safeParse(answer.json()).data?.metadata.uid;
      if (uid !== undefined) return { uid, derived: false };
    } catch (error) {
      if (!(error instanceof HttpError) || (error.status !== 403 && error.status !== 404)) {
        throw explain(error, asked);
      }
    }
    log.warn({ cluster: name, rule: inWords(identityRule) }, 'the cluster is known by its address only');
    return { uid: await derive(this.api), derived: true };
  }
}

/** What is lost while the identity is derived. */
export function derivedIdentity(cluster: string) {
  return configurationError(
    'identity-derived',
    `${cluster} is known by its address and certificate authority, as the namespace kube-system may not be read.`,
    `Add to the role of the connector: ${inWords(identityRule)}. A Role in kube-system is enough.`,
  );
}
