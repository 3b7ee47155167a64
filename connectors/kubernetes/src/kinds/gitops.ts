import { z } from 'zod';
import type { Resource } from '../cluster/cluster.js';
import { translateApplication } from '../translate/argo.js';
import { translateFlux } from '../translate/flux.js';
import { keepApplication } from '../translate/kept-application.js';
import { keepFlux } from '../translate/kept-flux.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { redaction } from './redaction.js';
import { troubleFold } from './trouble-fold.js';

function served(group: string, plural: string, ...versions: string[]): Resource[] {
  return versions.map((version) => ({ groupVersion: `${group}/${version}`, plural, namespaced: true }));
}

const flux: readonly (readonly [string, readonly Resource[]])[] = [
  ['Kustomization', served('kustomize.toolkit.fluxcd.io', 'kustomizations', 'v1', 'v1beta2', 'v1beta1')],
  ['HelmRelease', served('helm.toolkit.fluxcd.io', 'helmreleases', 'v2', 'v2beta2', 'v2beta1')],
  ['GitRepository', served('source.toolkit.fluxcd.io', 'gitrepositories', 'v1', 'v1beta2', 'v1beta1')],
];

const Repeated = z.object({
  revision: z
    .object({ old: z.string(), new: z.string() })
    .refine((revision) => revision.old === revision.new),
  /** What somebody has asked for is told each time. */
  automated: z.literal(true).optional(),
});

/** What heals itself, or is made undone by somebody else, may be applied again every few seconds, for ever. */
const again = troubleFold({
  alike({ status, subject, type, data }) {
    return status === 'success' && Repeated.safeParse(data).success ? `${subject} ${type}` : undefined;
  },
});

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
      fold: again,
    },
    ...flux.map(([name, resources]): Kind => ({
      name,
      resources,
      usual: true,
      keep: (object, before) => keepFlux(redacted(object), options.noise, before),
      translate: (step, cluster, sighting) => translateFlux(name, step, cluster, sighting),
      fold: again,
    })),
  ];
}
