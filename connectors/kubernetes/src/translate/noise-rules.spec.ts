import { describe, expect, it } from 'vitest';
import { type NoiseRule, noiseOfAnnotation, quietAnnotations } from './noise-rules.js';

const noise: [NoiseRule, string][] = [
  ['bookkeeping', 'kubectl.kubernetes.io/last-applied-configuration'],
  ['bookkeeping', 'objectset.rio.cattle.io/applied'],
  ['bookkeeping', 'banzaicloud.com/last-applied'],
  ['revision', 'deployment.kubernetes.io/revision'],
  ['revision', 'deprecated.daemonset.template.generation'],
  ['revision', 'rollout.argoproj.io/revision'],
  ['leader_election', 'control-plane.alpha.kubernetes.io/leader'],
  ['heartbeats', 'acme.test/last-heartbeat'],
  ['heartbeats', 'renewTime'],
  ['volume_binding', 'pv.kubernetes.io/bind-completed'],
  ['volume_binding', 'volume.kubernetes.io/selected-node'],
  ['volume_binding', 'pv.kubernetes.io/provisioned-by'],
  ['volume_binding', 'volume.kubernetes.io/provisioner-deletion-secret-namespace'],
  ['service_account_tokens', 'openshift.io/internal-registry-pull-secret-ref'],
  ['controller_notes', 'ingress.kubernetes.io/https-forwarding-rule'],
  ['controller_notes', 'cloud.google.com/neg-status'],
  ['autoscaler_decisions', 'autoscaling.alpha.kubernetes.io/current-metrics'],
];

describe('an annotation', () => {
  it.each(noise)(
    'is noise by the rule %s when it is called %s, unless that is switched off',
    (rule, name) => {
      const given = { [name]: 'a', 'acme.test/team': 'shop' };
      expect(quietAnnotations(given, () => true)).toEqual({ 'acme.test/team': 'shop' });
      expect(quietAnnotations(given, (asked) => asked !== rule)).toEqual(given);
    },
  );

  it.each([
    'deployment.kubernetes.io/revision-of-acme',
    'nginx.ingress.kubernetes.io/rewrite-target',
    'ingress.kubernetes.io/rewrite-target',
    'cloud.google.com/neg',
    'autoscaling.alpha.kubernetes.io/behavior',
    'acme.test/leader',
  ])('%s is somebody’s will', (name) => {
    expect(noiseOfAnnotation(name)).toBeUndefined();
  });
});
