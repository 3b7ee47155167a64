import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { root } from './helm.mjs';
import { type Manifest, needsHelm, render, scenarios } from './testing/render.js';

// Kubernetes' own schemas, as types: a literal may hold what they know, all of what they require, and nothing else.
const moduleOf: Record<string, string> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'batch/v1': 'batch/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
  'rbac.authorization.k8s.io/v1': 'rbac/v1',
};
// Of the Prometheus operator, which is none of Kubernetes' own: what the charts use of it.
const monitors = `import type { LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1';
interface Endpoint { port: string; path: string; interval: string }
interface Monitor { apiVersion: 'monitoring.coreos.com/v1'; metadata: ObjectMeta }
interface ServiceMonitor extends Monitor { kind: 'ServiceMonitor'; spec: { jobLabel: string; selector: LabelSelector; endpoints: Endpoint[] } }
interface Rule { alert: string; expr: string; for?: string; labels: Record<string, string>; annotations: Record<string, string> }
interface PrometheusRule extends Monitor { kind: 'PrometheusRule'; spec: { groups: { name: string; rules: Rule[] }[] } }
interface PodMonitor extends Monitor { kind: 'PodMonitor'; spec: { jobLabel: string; selector: LabelSelector; podMetricsEndpoints: Endpoint[] } }
`;

function typeOf({ apiVersion, kind }: Manifest): string {
  if (apiVersion === 'monitoring.coreos.com/v1') return kind;
  const module = moduleOf[apiVersion];
  if (module === undefined) throw new Error(`${apiVersion} is unknown`);
  return `import('kubernetes-types/${module}').${kind}`;
}

/** What the compiler says against these manifests. */
function faultsOf(manifests: readonly Manifest[]): string {
  const folder = join(root, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'kubernetes-types-'));
  try {
    const lines = manifests.map(
      (one, index) => `export const m${index}: ${typeOf(one)} = ${JSON.stringify(one)};`,
    );
    writeFileSync(join(work, 'manifests.ts'), monitors + lines.join('\n'));
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--types',
      '',
      '--pretty',
      'false',
    ];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript7/bin/tsc'),
        ...options,
        '--moduleResolution',
        'bundler',
        '--module',
        'esnext',
        'manifests.ts',
      ],
      { cwd: work, encoding: 'utf8' },
    );
    return stdout + stderr;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

describe('Kubernetes’ own schemas', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it('have nothing to say against any object of any scenario', () => {
    const manifests = scenarios.flatMap(([chart, values]) => render(chart, { values }));
    const kinds = new Set(manifests.map(({ kind }) => kind));
    expect(kinds.size).toBeGreaterThan(15);
    expect(faultsOf(manifests)).toBe('');
  });

  it('find what is unknown, of another type, or missing', () => {
    const metadata = { name: 'x' };
    const selector = { matchLabels: { a: 'b' } };
    const pod = { metadata: {}, spec: { containers: [{ name: 'c', image: 'i', readyProbe: {} }] } };
    const manifests: Manifest[] = [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template: pod } },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { selector: { matchLabels: { a: 1 } } },
      },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { selector, serviceName: 'x' } },
      { apiVersion: 'v1', kind: 'Secret', metadata, data: { a: 'b' }, immutable: true },
    ];
    const faults = faultsOf(manifests)
      .split('\n')
      .filter((line) => line.startsWith('manifests.ts'));
    expect(faults).toEqual([
      expect.stringContaining('readyProbe'),
      expect.stringContaining("'number' is not assignable"),
      expect.stringContaining("'template' is missing"),
    ]);
  });
});
