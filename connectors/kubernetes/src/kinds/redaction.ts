import { createHmac } from 'node:crypto';
import { matchesPatterns } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../cluster/cluster.js';
import { redactObject } from '../translate/redact.js';
import type { Secrecy } from '../translate/secrecy.js';
import { looksSecret } from '../translate/secret-names.js';
import type { KindOptions } from './options.js';

const digestCharacters = 12;

/** What is secret by its name, as it looks and as the configuration says, and the integration’s own digests. */
export function secrecyOf({ redact, digestKey }: Pick<KindOptions, 'redact' | 'digestKey'>): Secrecy {
  const patterns = redact.map((pattern) => pattern.toLowerCase());
  return {
    isSecret: (name) =>
      looksSecret(name) ||
      [name, name.slice(name.lastIndexOf('/') + 1)].some((part) =>
        matchesPatterns(part.toLowerCase(), patterns),
      ),
    digest: (value) =>
      `hmac:${createHmac('sha256', digestKey).update(value).digest('hex').slice(0, digestCharacters)}`,
  };
}

/** Hides what is secret in an object, before anything of it is kept. */
export function redaction(
  options: Pick<KindOptions, 'redact' | 'digestKey'>,
): (object: KubernetesObject) => KubernetesObject {
  const secrecy = secrecyOf(options);
  return (object) => redactObject(object, secrecy) as KubernetesObject;
}
