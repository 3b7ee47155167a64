import type { Resource } from '../cluster/cluster.js';
import { translateApplication } from '../translate/argo.js';
import { translateFlux } from '../translate/flux.js';
import { keepApplication } from '../translate/kept-application.js';
import { keepFlux } from '../translate/kept-flux.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { redaction } from './redaction.js';

function served(group: string, plural: string, ...versions: string[]): Resource[] {
  return versions.map((version) => ({ groupVersion: `${group}/${version}`, plural, namespaced: true }));
}

const flux: readonly (readonly [string, readonly Resource[]])[] = [
  ['Kustomization', served('kustomize.toolkit.fluxcd.io', 'kustomizations', 'v1', 'v1beta2', 'v1beta1')],
  ['HelmRelease', served('helm.toolkit.fluxcd.io', 'helmreleases', 'v2', 'v2beta2', 'v2beta1')],
  ['GitRepository', served('source.toolkit.fluxcd.io', 'gitrepositories', 'v1', 'v1beta2', 'v1beta1')],
];

/** What Argo CD and Flux make of a repository, where they are installed. */
export function gitopsKinds(options: KindOptions): Kind[] {
  const redacted = redaction(options);
  return [
    {
      name: 'Application',
      resources: served('argoproj.io', 'applications', 'v1alpha1'),
      usual: true,
      keep: (object, before) => keepApplication(redacted(object), options.noise, before),
      translate: translateApplication,
    },
    ...flux.map(([name, resources]): Kind => ({
      name,
      resources,
      usual: true,
      keep: (object, before) => keepFlux(redacted(object), options.noise, before),
      translate: (step, cluster, sighting) => translateFlux(name, step, cluster, sighting),
    })),
  ];
}
