import { type SourceContext, SourceError, type TestStep } from '@painchain/connector-sdk';
import { derivedIdentity } from './cluster/identity.js';
import { type OpenCluster, openCluster } from './cluster/open-cluster.js';
import { type ConfiguredCluster, type KubernetesConfig, type Surroundings, clustersOf } from './config.js';
import { watchedKinds } from './watched-kinds.js';
import type { Kind } from './kinds/kind.js';

const most = 20;
/** A rule that a hundred namespaces lack is told of a few. */
const namespacesTried = 5;

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'log' | 'dataDir'>;

function failure(name: string, error: unknown): TestStep {
  if (!(error instanceof SourceError)) throw error;
  return { name, ok: false, detail: error.detail, remedy: error.remedy };
}

/** A step for a credential that somebody on its way can read. */
async function encryptionStep(cluster: OpenCluster): Promise<TestStep[]> {
  const name = `${cluster.name}: encryption`;
  const { protocol, hostname } = new URL(cluster.server);
  if (protocol !== 'https:') {
    if (/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return [];
    const detail = `The credential goes to ${hostname} unencrypted: whoever is on the way can read it.`;
    return [{ name, ok: true, detail, remedy: 'Use https in `server`.' }];
  }
  if (await cluster.isVerified()) return [];
  const detail = `${hostname} need not prove who it is: whoever is on the way can read the credential.`;
  const remedy =
    'Put `certificate-authority-data` in the place of `insecure-skip-tls-verify` in the kubeconfig.';
  return [{ name, ok: true, detail, remedy }];
}

async function identityStep(cluster: OpenCluster): Promise<TestStep> {
  const name = `${cluster.name}: identity`;
  const { uid, derived } = await cluster.identity();
  if (!derived) return { name, ok: true, detail: `Its uid is ${uid}.` };
  const { detail, remedy } = derivedIdentity(cluster.name);
  return { name, ok: true, detail, remedy };
}

function namespacesOf({ scope, namespaces }: ConfiguredCluster): (string | undefined)[] {
  return scope === 'cluster' ? [undefined] : (namespaces.include ?? []).slice(0, namespacesTried);
}

/** What keeps a kind from being watched, if anything; undefined: it can be. */
async function refusalOf(
  cluster: OpenCluster,
  config: ConfiguredCluster,
  kind: Kind,
  signal: AbortSignal,
): Promise<SourceError | 'not served' | undefined> {
  try {
    const resource = await cluster.find(kind.resources, signal);
    if (!resource) return 'not served';
    const { labelSelector, fieldSelector, metadataOnly } = kind;
    for (const namespace of namespacesOf(config)) {
      await cluster.probe({ resource, namespace, labelSelector, fieldSelector, metadataOnly }, signal);
    }
    return undefined;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

async function kindSteps(
  cluster: OpenCluster,
  config: ConfiguredCluster,
  kinds: readonly Kind[],
  signal: AbortSignal,
): Promise<TestStep[]> {
  const refusals = await Promise.all(
    kinds.map(async (kind) => ({ kind, refusal: await refusalOf(cluster, config, kind, signal) })),
  );
  const named = (wanted: 'not served' | undefined) =>
    refusals.filter(({ refusal }) => refusal === wanted).map(({ kind }) => kind.name);
  const [can, absent] = [named(undefined), named('not served')];
  const missing = absent.length === 0 ? '' : ` It serves no ${absent.join(', ')}.`;
  const detail = `Can be watched: ${can.join(', ') || 'nothing'}.${missing}`;
  const failures = refusals.flatMap(({ kind, refusal }) =>
    refusal instanceof SourceError ? [failure(`${cluster.name}: ${kind.name}`, refusal)] : [],
  );
  return [
    { name: `${cluster.name}: kinds`, ok: can.length > 0, detail: detail.slice(0, 1_000) },
    ...failures,
  ];
}

async function tryCluster(
  configured: ConfiguredCluster,
  config: KubernetesConfig,
  place: Place,
  surroundings: Surroundings,
): Promise<TestStep[]> {
  const { name } = configured;
  try {
    const cluster = await openCluster(configured, place, surroundings);
    const version = await cluster.version(place.signal);
    const reached: TestStep = {
      name,
      ok: true,
      detail: `Kubernetes ${version} answers at ${cluster.server}.`,
    };
    const identity = await identityStep(cluster);
    const kinds = watchedKinds(config, configured);
    return [
      reached,
      ...(await encryptionStep(cluster)),
      identity,
      ...(await kindSteps(cluster, configured, kinds, place.signal)),
    ];
  } catch (error) {
    return [failure(name, error)];
  }
}

/** Tries a configuration for a human: whether each cluster answers, who it is, and what may be watched in it. */
export async function testClusters(
  config: KubernetesConfig,
  place: Place,
  surroundings: Surroundings,
): Promise<TestStep[]> {
  const clusters = clustersOf(config).slice(0, most);
  const tried = clusters.map((one) => tryCluster(one, config, place, surroundings));
  return (await Promise.all(tried)).flat();
}
