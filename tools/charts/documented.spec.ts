import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from './charts.mjs';
import { restrictedViolationsOf } from './testing/restricted.js';
import { type Pod, find, needsHelm, podsOf, render, selects } from './testing/render.js';

const shown = [...read('docs/kubernetes.md').matchAll(/```yaml\n([^]*?)```/g)].map(
  ([, text = '']) => parse(text) as Record<string, unknown>,
);
const values = shown.filter(({ kind }) => kind === undefined);
const connectorValues = values.flatMap((one) => one['github-connector'] ?? []) as Record<string, unknown>[];
const pods = shown.filter(({ kind }) => kind === 'Pod') as unknown as Pod[];

describe('what docs/kubernetes.md shows', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it('are values that the charts take', () => {
    expect(values).toHaveLength(2);
    for (const set of values) expect(podsOf(render('charts/painchain', { set })).length).toBeGreaterThan(1);
    expect(connectorValues).toHaveLength(1);
    for (const { enabled: _enabled, ...set } of connectorValues) {
      expect(podsOf(render('charts/connectors/github', { set }))).toHaveLength(1);
    }
  });

  it('to restore is a pod that a restricted namespace and the bundled database let in', () => {
    expect(pods).toHaveLength(1);
    const manifests = render('charts/painchain');
    const { ingress } = find(manifests, 'NetworkPolicy', 'painchain-db').spec as {
      ingress: { from: { podSelector: { matchLabels: object } }[] }[];
    };
    const peers = ingress.flatMap(({ from }) => from.map(({ podSelector }) => podSelector.matchLabels));
    for (const pod of pods) {
      expect(restrictedViolationsOf(pod)).toEqual([]);
      expect(peers.some((peer) => selects(peer, pod.metadata.labels))).toBe(true);
      // No service sends requests there.
      const services = manifests.filter(({ kind }) => kind === 'Service');
      for (const { spec } of services) expect(selects(spec?.['selector'], pod.metadata.labels)).toBe(false);
      expect(find(manifests, 'Secret', 'painchain-db').data).toHaveProperty('password');
    }
  });
});
