import { translateHelmRelease } from '../translate/helm.js';
import { keepRelease } from '../translate/kept-release.js';
import { redactText } from '../translate/secret-text.js';
import { helmFold } from './helm-fold.js';
import { releasePayload } from './helm-payload.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { secrecyOf } from './redaction.js';

/** Helm’s releases. Each revision is a Secret, which the connector must be allowed to list, so they are asked for only. */
export function helmKinds(options: KindOptions): Kind[] {
  if (options.helm === 'off') return [];
  const secrecy = secrecyOf(options);
  const plain = (message: string) => redactText(message, secrecy);
  const payloads = options.helm === 'payload' ? { unpack: releasePayload, plain } : undefined;
  return [
    {
      name: 'Release',
      resources: [{ groupVersion: 'v1', plural: 'secrets', namespaced: true }],
      labelSelector: 'owner=helm',
      fieldSelector: 'type=helm.sh/release.v1',
      metadataOnly: options.helm === 'labels',
      usual: true,
      keep: (object, before) => keepRelease(object, payloads, before),
      translate: translateHelmRelease,
      fold: helmFold(),
    },
  ];
}
