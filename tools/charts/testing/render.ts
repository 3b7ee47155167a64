import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { charts } from '../charts.mjs';
import { findHelm, root } from '../helm.mjs';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  data?: Record<string, string>;
  immutable?: boolean;
  rules?: Rule[];
  roleRef?: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace: string }[];
}

export interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

export interface Rendering {
  values?: string;
  set?: Record<string, unknown>;
  release?: string;
  namespace?: string;
}

const helm = findHelm();

export const hasHelm = helm.missing === undefined;

/** Before each test that needs helm: where there is none, it is skipped and says why. */
export function needsHelm({ skip }: TestContext): void {
  skip(helm.missing !== undefined, `there is no helm: ${helm.missing}`);
}

export function runHelm(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(helm.path ?? 'helm', args, {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, KUBECONFIG: '/nonexistent' },
  });
  return { status, stdout, stderr: stderr.replaceAll(/^.*found symbolic link in path.*\n/gm, '') };
}

/** Runs helm against a cluster; rejected with what it says when it fails. */
export async function helmIn(kubeconfig: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, KUBECONFIG: kubeconfig, HELM_NAMESPACE: 'painchain' };
  const { stdout } = await promisify(execFile)(helm.path ?? 'helm', args, {
    cwd: root,
    env,
    timeout: 60_000,
  });
  return stdout;
}

export function tryToRender(chart: string, { values, set, release = 'painchain', namespace }: Rendering) {
  const args = ['template', release, chart, '--namespace', namespace ?? 'painchain', '--values', '-'];
  if (values !== undefined) args.push('--values', values);
  return runHelm(args, set === undefined ? '{}' : stringify(set));
}

const rendered = new Map<string, Manifest[]>();

/** The objects that a chart makes of values; the same ones for the same question. */
export function render(chart: string, rendering: Rendering = {}): Manifest[] {
  const question = JSON.stringify([chart, rendering]);
  const known = rendered.get(question);
  if (known) return known;
  const { status, stdout, stderr } = tryToRender(chart, rendering);
  if (status !== 0) throw new Error(stderr);
  const manifests = parseAllDocuments(stdout).flatMap((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });
  rendered.set(question, manifests);
  return manifests;
}

/** Every chart with each of its scenarios. */
export const scenarios = charts.flatMap((chart) =>
  readdirSync(join(root, chart, 'ci')).map((file): [string, string] => [chart, `${chart}/ci/${file}`]),
);

export interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: { name: string; value?: string }[];
  volumeMounts?: { name: string; mountPath: string; subPath?: string; readOnly?: boolean }[];
  ports?: { name: string }[];
  securityContext?: Record<string, unknown>;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  livenessProbe?: Probe;
  readinessProbe?: Probe;
}

interface Probe {
  httpGet?: { path: string; port: string };
  exec?: { command: string[] };
}

export interface Pod {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    automountServiceAccountToken?: boolean;
    serviceAccountName?: string;
    securityContext?: Record<string, unknown>;
    containers: Container[];
    initContainers?: Container[];
    volumes?: Record<string, unknown>[];
    [host: `host${string}`]: unknown;
  };
}

/** What makes pods, with the pod that each makes. */
export function podsOf(manifests: readonly Manifest[]): [Manifest, Pod][] {
  return manifests.flatMap((manifest) => {
    const template = manifest.spec?.['template'] as Pod | undefined;
    return template === undefined ? [] : [[manifest, template] as [Manifest, Pod]];
  });
}

export function find(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.find(
    (one) => one.kind === kind && (name === undefined || one.metadata.name === name),
  );
  if (!found) throw new Error(`There is no ${kind} ${name ?? ''}`);
  return found;
}

/** Whether an object with these labels is meant by this selector. */
export function selects(selector: unknown, labels: Record<string, string>): boolean {
  return Object.entries(selector as Record<string, string>).every(([key, value]) => labels[key] === value);
}
