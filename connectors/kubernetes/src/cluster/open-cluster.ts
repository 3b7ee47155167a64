import { HttpError, type SourceContext } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type ConfiguredCluster, type Surroundings, isOwn, pemOf } from '../config.js';
import { Api } from './api.js';
import type { Cluster, ListPage, Resource, Scope, WatchEvent } from './cluster.js';
import { type Connection, bearer } from './connection.js';
import { Discovery } from './discovery.js';
import { type Asked, configurationError, explain, invalidAnswer } from './faults.js';
import { ClusterIdentity, type Identity } from './identity.js';
import { inCluster } from './in-cluster.js';
import { fromKubeconfig } from './kubeconfig.js';
import { readListPage } from './objects.js';
import { acceptOf, pathOf } from './paths.js';
import { ruleOf } from './rule.js';
import { watch } from './watch.js';

const Version = z.object({ gitVersion: z.string() });

/** A page with large objects is asked for with fewer of them. */
const pageSizes = [500, 50, 5];

/** A cluster, and what a human who tries a configuration wants to know of it beside. */
export interface OpenCluster extends Cluster {
  readonly server: string;
  /** `v1.33.1`. @throws SourceError */
  version(signal: AbortSignal): Promise<string>;
  identity(): Promise<Identity>;
  /** Whether the server has to prove who it is. */
  isVerified(): Promise<boolean>;
  /** Tries whether a scope may be listed and watched. @throws SourceError */
  probe(scope: Scope, signal: AbortSignal): Promise<void>;
}

function connect(config: ConfiguredCluster, surroundings: Surroundings): Connection | Promise<Connection> {
  if (config.server !== undefined) {
    const credential = {
      headers: config.token === undefined ? {} : bearer(config.token),
      tls: { ca: config.ca === undefined ? undefined : pemOf(config.ca) },
    };
    return { server: config.server, credential: () => Promise.resolve(credential) };
  }
  if (!surroundings.allowLocal) {
    throw configurationError(
      'local-not-allowed',
      "This connector uses no credential of the machine that it runs on: neither its pod's nor a kubeconfig.",
      'Give `server`, `token` and `ca`.',
    );
  }
  if (isOwn(config)) return inCluster(surroundings.pod);
  return fromKubeconfig({ files: config.kubeconfig ?? surroundings.kubeconfig, context: config.context });
}

function askedFor({ name }: { name: string }, { resource, namespace }: Scope): Asked {
  const what = `${resource.plural} in ${resource.groupVersion}`;
  return { cluster: name, what, namespace, rule: ruleOf(resource) };
}

class HttpCluster implements OpenCluster {
  readonly #discovery: Discovery;
  readonly #identity: ClusterIdentity;
  /** By what was asked for, the page size that was too large last. */
  readonly #tooLarge = new Map<string, number>();

  constructor(
    readonly name: string,
    private readonly api: Api,
    { signal, log }: Pick<SourceContext, 'signal' | 'log'>,
  ) {
    this.#discovery = new Discovery(api, signal);
    this.#identity = new ClusterIdentity(api, { name, signal, log });
  }

  get server(): string {
    return this.api.server;
  }

  now(): number {
    return this.api.now();
  }

  identity(): Promise<Identity> {
    return this.#identity.get();
  }

  isVerified(): Promise<boolean> {
    return this.api.isVerified();
  }

  async uid(): Promise<string> {
    return (await this.identity()).uid;
  }

  async version(signal: AbortSignal): Promise<string> {
    const asked: Asked = { cluster: this.name, what: 'its version' };
    try {
      const answer = Version.safeParse((await this.api.get('/version', signal)).json());
      return answer.data?.gitVersion.slice(0, 100) ?? 'unknown';
    } catch (error) {
      throw explain(error, asked);
    }
  }

  async find(candidates: readonly Resource[]): Promise<Resource | undefined> {
    try {
      return await this.#discovery.find(candidates);
    } catch (error) {
      throw explain(error, { cluster: this.name, what: 'what it serves' });
    }
  }

  async list(scope: Scope, next: string | undefined, signal: AbortSignal): Promise<ListPage> {
    const asked = askedFor(this, scope);
    const accept = acceptOf(scope, 'list');
    const { what } = asked;
    for (const limit of pageSizes) {
      if (limit >= (this.#tooLarge.get(what) ?? Infinity)) continue;
      const path = pathOf(scope, { limit: String(limit), ...(next !== undefined && { continue: next }) });
      try {
        const page = readListPage((await this.api.get(path, signal, accept)).json());
        if (!page) throw invalidAnswer(asked);
        return page;
      } catch (error) {
        const isTooLarge = error instanceof HttpError && error.kind === 'too_large';
        if (!isTooLarge || limit === pageSizes.at(-1)) throw explain(error, asked);
        this.#tooLarge.set(what, limit);
      }
    }
    throw invalidAnswer(asked);
  }

  async probe(scope: Scope, signal: AbortSignal): Promise<void> {
    const asked = askedFor(this, scope);
    const ended = new AbortController();
    const first = pathOf(scope, { limit: '1' });
    try {
      const page = readListPage((await this.api.get(first, signal, acceptOf(scope, 'list'))).json());
      if (!page) throw invalidAnswer(asked);
      const { resourceVersion } = page;
      const path = pathOf(scope, { watch: '1', resourceVersion, timeoutSeconds: '1' });
      const form = { idleMs: 5_000, accept: acceptOf(scope, 'watch') };
      await this.api.stream(path, form, AbortSignal.any([signal, ended.signal]));
    } catch (error) {
      throw explain(error, asked);
    } finally {
      // That a watch has begun is all there is to know.
      ended.abort();
    }
  }

  watch(scope: Scope, resourceVersion: string, signal: AbortSignal): AsyncIterable<WatchEvent> {
    return watch(this.api, scope, askedFor(this, scope), resourceVersion, signal);
  }
}

/** Opens a configured cluster. Nothing is asked for yet. @throws SourceError when there is no way to it. */
export async function openCluster(
  config: ConfiguredCluster,
  context: Pick<SourceContext, 'http' | 'now' | 'signal' | 'log'>,
  surroundings: Surroundings,
): Promise<OpenCluster> {
  const connection = await connect(config, surroundings);
  return new HttpCluster(config.name, new Api(connection, context), context);
}
