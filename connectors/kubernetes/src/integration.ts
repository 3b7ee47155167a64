import { type Source, type SourceContext, SourceError, type SourceLists } from '@painchain/connector-sdk';
import { type OpenCluster, openCluster } from './cluster/open-cluster.js';
import {
  type ConfiguredCluster,
  type KubernetesConfig,
  type Surroundings,
  clustersOf,
  environmentOf,
  isWatched,
} from './config.js';
import { readDigestKey } from './digest-key.js';
import type { Kind } from './kinds/kind.js';
import type { Rhythm } from './reflector/reflector.js';
import { kindSource } from './source/kind-source.js';
import { shapeOf, watchedKinds } from './watched-kinds.js';

/** How often a cluster is asked for kinds that it has begun to serve. */
const askedEveryMs = 10 * 60_000;

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep' | 'log' | 'dataDir'>;

/** Of one cluster, what stays while its kinds are asked for again and again. */
interface Watched {
  configured: ConfiguredCluster;
  kinds: readonly Kind[];
  shape: string;
  open: OpenCluster | undefined;
  /** By kind; those of the last time that the cluster could tell. */
  sources: ReadonlyMap<string, Source>;
}

/** Two groups may call their kinds alike, and some objects of a kind may be watched as one of their own. */
function nameOf(kind: Kind, kinds: readonly Kind[]): string {
  const [resource] = kind.resources;
  const plural = resource?.plural ?? kind.name;
  if (kind.labelSelector !== undefined) return `${plural}.${kind.name.toLowerCase()}`;
  const isShared = kinds.some(
    ({ name, labelSelector, resources }) =>
      name !== kind.name && labelSelector === undefined && resources[0]?.plural === plural,
  );
  return isShared && resource ? `${plural}.${resource.groupVersion.split('/')[0]}` : plural;
}

/**
 * The kinds of some clusters as sources. A cluster that can't be asked keeps no other one from being watched, and what
 * is watched in it stays.
 */
export class Integration implements SourceLists {
  #watched: Watched[] | undefined;
  #given: ReadonlySet<Source> = new Set();

  constructor(
    private readonly config: KubernetesConfig,
    private readonly place: Place,
    private readonly surroundings: Surroundings,
    private readonly rhythm?: Rhythm,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Source[], void, void> {
    for (;;) {
      this.#watched ??= await this.#begin();
      const faults = await Promise.all(this.#watched.map((watched) => this.#ask(watched)));
      const sources = this.#watched.flatMap((watched) => [...watched.sources.values()]);
      const fault = faults.find((one) => one !== undefined);
      // Given again unchanged, it would tell of the fault as of one that had been over.
      if (!fault || sources.some((source) => !this.#given.has(source))) {
        this.#given = new Set(sources);
        yield sources;
      }
      if (fault) throw fault;
      await this.place.sleep(askedEveryMs);
    }
  }

  async #begin(): Promise<Watched[]> {
    const digestKey = await readDigestKey(this.place.dataDir, this.place.log);
    return clustersOf(this.config).map((configured) => ({
      configured,
      kinds: watchedKinds(this.config, configured, digestKey),
      shape: shapeOf(this.config, digestKey, configured),
      open: undefined,
      sources: new Map(),
    }));
  }

  /** Asks which kinds a cluster serves. Gives why it can't be told of some of them. */
  async #ask(watched: Watched): Promise<SourceError | undefined> {
    const faults: SourceError[] = [];
    /** What can't be asked for stays as it is. */
    const attempt = async <Answer>(ask: () => Promise<Answer>, otherwise: Answer): Promise<Answer> => {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        faults.push(error);
        return otherwise;
      }
    };
    watched.open ??= await attempt(
      () => openCluster(watched.configured, this.place, this.surroundings),
      undefined,
    );
    const { open: cluster, kinds, sources } = watched;
    if (cluster === undefined) return faults[0];
    const isServed = async ({ resources }: Kind) =>
      (await cluster.find(resources, this.place.signal)) !== undefined;
    const served = await Promise.all(
      kinds.map(async (kind): Promise<[string, Source][]> => {
        const known = sources.get(kind.name);
        if (!(await attempt(() => isServed(kind), known !== undefined))) return [];
        return [[kind.name, known ?? this.#source(kind, watched, cluster)]];
      }),
    );
    watched.sources = new Map(served.flat());
    return faults[0];
  }

  #source(kind: Kind, { configured, kinds, shape }: Watched, cluster: OpenCluster): Source {
    const facts = { name: cluster.name, environment: configured.environment };
    return kindSource(kind, cluster, facts, {
      dataDir: this.place.dataDir,
      namespaces: configured.scope === 'namespaces' ? configured.namespaces.include : undefined,
      watches: (namespace) => isWatched(configured, namespace),
      environmentOf: (namespace) => environmentOf(configured, namespace),
      shape,
      name: nameOf(kind, kinds),
      rhythm: this.rhythm,
    });
  }
}

/** The sources of one integration. A test may hold time and chance in its hands. */
export function kindSources(
  config: KubernetesConfig,
  place: Place,
  surroundings: Surroundings,
  rhythm?: Rhythm,
): SourceLists {
  return new Integration(config, place, surroundings, rhythm);
}
