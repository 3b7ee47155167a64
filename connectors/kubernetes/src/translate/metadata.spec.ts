import { describe, expect, it } from 'vitest';
import { allNoise, cluster } from '../testing/workload-life.js';
import {
  Metadata,
  appOf,
  commitRefs,
  controllerOf,
  keepMetadata,
  managedBy,
  namedData,
  placeOf,
} from './metadata.js';

function read(more: object): Metadata {
  return Metadata.parse({ uid: 'u', name: 'api', ...more });
}

describe('the metadata that is kept', () => {
  it('is what a change is made of, and can be read again', () => {
    const kept = keepMetadata(
      {
        uid: 'u',
        name: 'api',
        resourceVersion: '7',
        managedFields: [],
        labels: { app: 'api', odd: 7 },
        annotations: { 'deployment.kubernetes.io/revision': '2', note: 'x' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-1', uid: 'r', controller: true },
        ],
      },
      allNoise,
    );
    expect(kept).toEqual({
      uid: 'u',
      name: 'api',
      labels: { app: 'api' },
      annotations: { note: 'x' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'api-1', uid: 'r', controller: true }],
    });
    expect(keepMetadata(kept, allNoise)).toEqual(kept);
  });

  it('holds long annotations short, yet tells them apart', () => {
    const keep = (note: string) =>
      JSON.stringify(keepMetadata({ uid: 'u', name: 'api', annotations: { note } }, allNoise));
    const [one, other] = [keep(`${'x'.repeat(9_000)}a`), keep(`${'x'.repeat(9_000)}b`)];
    expect(one.length).toBeLessThan(700);
    expect(one).not.toBe(other);
  });

  it.each([undefined, null, 7, {}, { name: 'api' }])('of %j is nothing', (metadata) => {
    expect(keepMetadata(metadata, allNoise)).toBeUndefined();
  });
});

describe('where an object is', () => {
  it('is told with its cluster, and with its namespace where it has one', () => {
    expect(placeOf({ kind: 'Deployment', name: 'api', namespace: 'shop' }, cluster)).toEqual({
      project: 'prod/shop',
      subject: 'prod/shop/deployment/api',
      environment: 'production',
    });
    expect(placeOf({ kind: 'Node', name: 'n1' }, { name: 'prod', uid: 'c' })).toEqual({
      project: 'prod',
      subject: 'prod/node/n1',
    });
    expect(namedData({ kind: 'Node', name: 'n1' }, cluster)).toEqual({
      kind: 'Node',
      name: 'n1',
      cluster: 'prod',
    });
  });
});

describe('who looks after an object', () => {
  it.each([
    [
      { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/api' } },
      'Argo CD',
      'shop',
    ],
    [{ labels: { 'argocd.argoproj.io/instance': 'shop' } }, 'Argo CD', 'shop'],
    [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, 'Flux', 'apps'],
    [
      {
        labels: { 'helm.toolkit.fluxcd.io/name': 'api' },
        annotations: { 'meta.helm.sh/release-name': 'api' },
      },
      'Flux',
      'api',
    ],
    [{ annotations: { 'meta.helm.sh/release-name': 'api' } }, 'Helm', 'api'],
    [
      { labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'api' } },
      'Helm',
      'api',
    ],
  ])('is told by its marks: %j', (marks, tool, name) => {
    expect(managedBy(read(marks))).toEqual({ tool, name });
  });

  it('is nobody without any', () => {
    expect(managedBy(read({ labels: { 'app.kubernetes.io/instance': 'api' } }))).toBeUndefined();
  });

  it('in the cluster is its controller, else its only owner', () => {
    const owners = [
      { kind: 'A', name: 'a' },
      { kind: 'B', name: 'b', controller: true },
    ];
    expect(controllerOf(read({ ownerReferences: owners }))?.name).toBe('b');
    expect(controllerOf(read({ ownerReferences: owners.slice(0, 1) }))?.name).toBe('a');
    expect(controllerOf(read({ ownerReferences: 'odd' }))).toBeUndefined();
  });
});

it('an application is called by its label, else as its object', () => {
  expect(appOf(read({ labels: { 'app.kubernetes.io/name': 'shop' } }))).toBe('shop');
  expect(appOf(read({}))).toBe('api');
});

it('commits are found where a label or an annotation is called like one', () => {
  const sha = 'A'.repeat(40);
  expect(commitRefs({ 'org.opencontainers.image.revision': sha, checksum: sha })).toEqual([
    `commit:${'a'.repeat(40)}`,
  ]);
  expect(commitRefs({ revision: `main@sha1:${sha}`, version: '1.2' })).toEqual([`commit:${'a'.repeat(40)}`]);
});
