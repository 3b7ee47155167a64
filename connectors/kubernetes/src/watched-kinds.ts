import { createHash } from 'node:crypto';
import { matchesPatterns } from '@painchain/connector-sdk';
import { type ConfiguredCluster, type KubernetesConfig, loudRules } from './config.js';
import { allKinds } from './kinds/index.js';
import type { Kind } from './kinds/kind.js';
import type { KindOptions } from './kinds/options.js';

type Configured = Pick<KubernetesConfig, 'redact' | 'noise' | 'secrets' | 'helm' | 'autoscaling' | 'kinds'>;

export function kindOptions(config: Configured, digestKey: string): KindOptions {
  const loud = new Set<string>(loudRules(config));
  return {
    redact: config.redact,
    noise: (rule) => !loud.has(rule),
    secrets: config.secrets,
    helm: config.helm,
    digestKey,
    autoscalingMinutes: config.autoscaling.minutes,
  };
}

/** To be raised when a kind keeps its objects in another way: a difference in that is no change of an object. */
const keptFormat = 1;

/**
 * What keeping objects depends on: what was kept under another configuration can't be compared with, and an object whose
 * namespace was not looked at has not been made only because it is.
 */
export function shapeOf(
  config: Configured,
  digestKey: string,
  { scope, namespaces }: Pick<ConfiguredCluster, 'scope' | 'namespaces'> = {
    scope: 'cluster',
    namespaces: {},
  },
): string {
  const { redact, secrets, helm } = config;
  // A namespace that is asked for by itself begins by itself.
  const { include, exclude } = scope === 'namespaces' ? { ...namespaces, include: null } : namespaces;
  const looked = [include ?? null, exclude ?? null];
  const said = JSON.stringify([keptFormat, redact, secrets, helm, loudRules(config), digestKey, looked]);
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}

/** The kinds that are meant: those that are usual, or named, and not left out. */
export function watchedKinds(
  config: Configured,
  { scope }: Pick<ConfiguredCluster, 'scope'>,
  digestKey = '',
): Kind[] {
  const { include, exclude } = config.kinds;
  return allKinds(kindOptions(config, digestKey)).filter(({ name, usual, resources }) => {
    if (scope === 'namespaces' && resources.every(({ namespaced }) => !namespaced)) return false;
    // A pattern that happens to fit is no wish to have Secrets read.
    if (name === 'Secret' && config.secrets === 'off') return false;
    if (exclude !== undefined && matchesPatterns(name, exclude)) return false;
    return include === undefined ? usual : matchesPatterns(name, include);
  });
}
