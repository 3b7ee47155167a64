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

/** What keeping objects depends on: what was kept under another configuration can't be compared with. */
export function shapeOf(config: Configured, digestKey: string): string {
  const { redact, secrets, helm } = config;
  const said = JSON.stringify([redact, secrets, helm, loudRules(config), digestKey]);
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
