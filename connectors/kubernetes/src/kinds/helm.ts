import { translateHelmRelease } from '../translate/helm.js';
import { keepRelease } from '../translate/kept-release.js';
import { helmFold } from './helm-fold.js';
import { releasePayload } from './helm-payload.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';

/** Helm’s releases. Each revision is a Secret, which the connector must be allowed to list, so they are asked for only. */
export function helmKinds({ helm }: KindOptions): Kind[] {
  if (helm === 'off') return [];
  return [
    {
      name: 'Release',
      resources: [{ groupVersion: 'v1', plural: 'secrets', namespaced: true }],
      labelSelector: 'owner=helm',
      fieldSelector: 'type=helm.sh/release.v1',
      metadataOnly: helm === 'labels',
      usual: true,
      keep: (object, before) => keepRelease(object, helm === 'payload' ? releasePayload : undefined, before),
      translate: translateHelmRelease,
      fold: helmFold(),
    },
  ];
}
