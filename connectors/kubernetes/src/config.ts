import { homedir } from 'node:os';
import { join } from 'node:path';
import { matchesPatterns, publicSetting } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { PodPlace } from './cluster/in-cluster.js';
import { allKinds } from './kinds/index.js';
import { type NoiseRule, noiseRules } from './translate/noise-rules.js';

const text = (max: number) => z.string().trim().min(1).max(max);
const Patterns = z.array(text(200)).min(1).max(100);

// Among what may be shown, so a form must refuse a secret in it, too.
const bareAddress = /^[^/]*\/\/[^@?#]*$/;
const pem = /-----BEGIN CERTIFICATE-----/;

/** A name is part of projects and subjects, which slashes separate. */
const Name = text(100).regex(/^[^/\s]+$/, 'is no name: leave out slashes and spaces');
const Namespace = text(63).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is no name of a namespace');

/** As it stands in a kubeconfig, or as the PEM file that this is made of. */
export function pemOf(authority: string): string {
  return pem.test(authority) ? authority : Buffer.from(authority, 'base64').toString('utf8');
}

const Authority = text(262_144).refine(
  (given) => pem.test(pemOf(given)),
  'is no certificate: give it as PEM, or as base64 of it',
);

const Server = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .regex(bareAddress, 'must hold no password, token, question or fragment: put the token in `token`');

const token = () => text(16_384).optional().describe('Of a service account that may list and watch.');
const authority = () =>
  Authority.optional().describe("The cluster's certificate authority. Default: those that Node trusts.");

const Cluster = z
  .strictObject({
    name: publicSetting(Name).describe('What to call it. Projects are <name>/<namespace>.'),
    in_cluster: publicSetting(z.boolean().optional()).describe(
      'The cluster that the connector runs in. Default: true where nothing else is given.',
    ),
    kubeconfig: publicSetting(text(1_000).optional()).describe(
      'A kubeconfig on this machine. Default: KUBECONFIG, or ~/.kube/config.',
    ),
    context: publicSetting(text(200).optional()).describe('Of the kubeconfig. Default: its current context.'),
    server: publicSetting(Server.optional()).describe('The address of the API, with https.'),
    token: token(),
    ca: authority(),
    environment: publicSetting(text(100).optional()).describe('What its changes are changes of: production.'),
    environments: publicSetting(z.record(text(200), text(100)).optional()).describe(
      'By patterns of namespaces, where a cluster holds several: { "staging-*": staging }. The first that fits counts.',
    ),
    namespaces: z
      .strictObject({
        include: publicSetting(Patterns.optional()).describe('Patterns of namespaces. Default: all of them.'),
        exclude: publicSetting(Patterns.optional()).describe('Not these.'),
      })
      .prefault({}),
    scope: publicSetting(z.enum(['cluster', 'namespaces']).default('cluster')).describe(
      'namespaces: asks within each of `namespaces.include` only, for which Roles are enough.',
    ),
  })
  .superRefine((cluster, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const byFile = cluster.kubeconfig !== undefined || cluster.context !== undefined;
    const ways = [cluster.in_cluster === true, byFile, cluster.server !== undefined].filter(Boolean).length;
    if (ways > 1) fault([], 'needs one of `in_cluster`, `kubeconfig` and `server`, not several');
    if (ways === 0 && cluster.in_cluster === false) fault([], 'needs `kubeconfig` or `server`');
    if (cluster.server === undefined) {
      if (cluster.token !== undefined) fault(['token'], 'needs `server`, which it is for');
      if (cluster.ca !== undefined) fault(['ca'], 'needs `server`, which it is for');
    }
    if (cluster.scope === 'cluster') return;
    const { include } = cluster.namespaces;
    if (!include) fault(['namespaces', 'include'], 'is required with `scope: namespaces`');
    include?.forEach((name, index) => {
      if (Namespace.safeParse(name).success) return;
      fault(
        ['namespaces', 'include', String(index)],
        'must be a name, not a pattern, with `scope: namespaces`',
      );
    });
  });

const Noise = z.strictObject(
  Object.fromEntries(
    Object.entries(noiseRules).map(([rule, what]) => [
      rule,
      publicSetting(z.boolean().default(true)).describe(what),
    ]),
  ) as Record<NoiseRule, z.ZodDefault<z.ZodBoolean>>,
);

const KindNames = publicSetting(Patterns.optional());

const kindNames = allKinds({
  redact: [],
  noise: () => true,
  secrets: 'keys',
  helm: 'payload',
  digestKey: '',
  autoscalingMinutes: 10,
}).map(({ name }) => name);

/** What stands under `config:`. */
export const KubernetesConfig = z
  .strictObject({
    clusters: z.array(Cluster).min(1).max(100).optional(),
    cluster: publicSetting(Name.optional()).describe(
      'Without `clusters`: what to call the only one. Default: cluster.',
    ),
    server: publicSetting(Server.optional()).describe(
      'Without `clusters`: the address of the API. Default: the cluster that the connector runs in.',
    ),
    token: token(),
    ca: authority(),
    kinds: z
      .strictObject({
        include: KindNames.describe('Only these kinds, such as Deployment. Default: all that are usual.'),
        exclude: KindNames.describe('Not these.'),
      })
      .prefault({}),
    secrets: publicSetting(z.enum(['off', 'keys']).default('off')).describe(
      'keys: tells which keys of a Secret changed, never a value. The connector must then be allowed to read Secrets.',
    ),
    helm: publicSetting(z.enum(['off', 'labels', 'payload']).default('off')).describe(
      'Helm releases are Secrets: labels tells of them by their labels, payload also the versions of chart and app.',
    ),
    redact: publicSetting(z.array(text(200)).max(200).default([])).describe(
      'Patterns of names whose values are never told, beside those that look like a secret.',
    ),
    noise: Noise.prefault({}),
    autoscaling: z
      .strictObject({
        minutes: publicSetting(z.int().min(0).max(60).default(10)).describe(
          'What an autoscaler does within this time is one event. 0: each step is one.',
        ),
      })
      .prefault({}),
  })
  .superRefine((config, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const name of ['cluster', 'server', 'token', 'ca'] as const) {
      if (config.clusters && config[name] !== undefined)
        fault([name], 'stands beside `clusters`: put it there');
    }
    if (!config.clusters && config.server === undefined) {
      if (config.token !== undefined) fault(['token'], 'needs `server`, which it is for');
      if (config.ca !== undefined) fault(['ca'], 'needs `server`, which it is for');
    }
    for (const list of ['include', 'exclude'] as const) {
      config.kinds[list]?.forEach((pattern, index) => {
        if (kindNames.some((name) => matchesPatterns(name, [pattern]))) return;
        fault(
          ['kinds', list, String(index)],
          `is no kind that is known: ${pattern}. Known are ${kindNames.join(', ')}`,
        );
      });
    }
    if (config.secrets === 'off' && config.kinds.include?.includes('Secret')) {
      fault(['secrets'], 'must be `keys` to watch the kind Secret');
    }
    if (config.helm === 'off' && config.kinds.include?.includes('Release')) {
      fault(['helm'], 'must be `labels` or `payload` to watch the kind Release');
    }
    const clusters = clustersOf(config);
    const names = clusters.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) fault(['clusters', String(index)], `stands there twice: ${name}`);
    });
    if (clusters.filter(isOwn).length > 1) {
      fault(
        ['clusters'],
        'has several that the connector would run in: give `kubeconfig` or `server` to all but one',
      );
    }
  });
export type KubernetesConfig = z.output<typeof KubernetesConfig>;
export type ConfiguredCluster = z.output<typeof Cluster>;

/** Whether it is the cluster that the connector runs in. */
export function isOwn({ server, kubeconfig, context }: ConfiguredCluster): boolean {
  return server === undefined && kubeconfig === undefined && context === undefined;
}

/** The clusters that are meant: without any, the one that the connector runs in or that variables name. */
export function clustersOf({
  clusters,
  cluster,
  server,
  token,
  ca,
}: Pick<KubernetesConfig, 'clusters' | 'cluster' | 'server' | 'token' | 'ca'>): ConfiguredCluster[] {
  if (clusters) return clusters;
  return [{ name: cluster ?? 'cluster', server, token, ca, namespaces: {}, scope: 'cluster' }];
}

/** Whether what happens in a namespace is told; what is in no namespace is. */
export function isWatched(
  { namespaces }: Pick<ConfiguredCluster, 'namespaces'>,
  namespace?: string,
): boolean {
  if (namespace === undefined || namespace === '') return true;
  const { include, exclude } = namespaces;
  if (!matchesPatterns(namespace, include)) return false;
  return exclude === undefined || !matchesPatterns(namespace, exclude);
}

/** The environment of a namespace, or of what is in none. */
export function environmentOf(
  { environment, environments = {} }: Pick<ConfiguredCluster, 'environment' | 'environments'>,
  namespace?: string,
): string | undefined {
  const found = Object.entries(environments).find(
    ([pattern]) => namespace !== undefined && matchesPatterns(namespace, [pattern]),
  );
  return found?.[1] ?? environment;
}

/** The rules of noise that are switched off: their changes are told. */
export function loudRules({ noise }: Pick<KubernetesConfig, 'noise'>): NoiseRule[] {
  return Object.entries(noise).flatMap(([rule, holds]) => (holds ? [] : [rule as NoiseRule]));
}

/** What the surroundings of the process say. */
export interface Surroundings {
  /** Whether the machine's own credentials may be used: not where others than its owner configure. */
  allowLocal: boolean;
  pod: PodPlace;
  /** Where a kubeconfig is when none is named. */
  kubeconfig: string;
}

/**
 * Reads the environment once. PAINCHAIN_KUBERNETES_LOCAL=false keeps the connector off this machine's credentials, and so
 * does everything else but `true`: whoever has written `no` has not meant yes.
 */
export function readSurroundings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Surroundings {
  return {
    allowLocal: (env.PAINCHAIN_KUBERNETES_LOCAL || 'true') === 'true',
    pod: {
      host: env.KUBERNETES_SERVICE_HOST,
      port: env.KUBERNETES_SERVICE_PORT,
      serviceAccount: '/var/run/secrets/kubernetes.io/serviceaccount',
    },
    kubeconfig: env.KUBECONFIG || join(homedir(), '.kube', 'config'),
  };
}
