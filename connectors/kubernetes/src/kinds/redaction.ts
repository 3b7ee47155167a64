import { createHmac } from 'node:crypto';
import { matchesPatterns } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../cluster/cluster.js';
import { redactObject } from '../translate/redact.js';
import type { Secrecy } from '../translate/secrecy.js';
import { looksSecret } from '../translate/secret-names.js';
import type { KindOptions } from './options.js';

const digestCharacters = 12;
/** The same few names stand in all objects. */
const rememberedNames = 5_000;

type Options = Pick<KindOptions, 'redact' | 'digestKey'>;

/** What is secret by its name, as it looks and as the configuration says, and the integration’s own digests. */
export function secrecyOf({ redact, digestKey }: Options): Secrecy {
  const patterns = redact.map((pattern) => pattern.toLowerCase());
  const known = new Map<string, boolean>();
  return {
    isSecret(name) {
      const before = known.get(name);
      if (before !== undefined) return before;
      if (known.size >= rememberedNames) known.clear();
      const isSecret = looksSecret(name) || isNamed(name.toLowerCase(), patterns);
      known.set(name, isSecret);
      return isSecret;
    },
    digest: (value) =>
      `hmac:${createHmac('sha256', digestKey).update(value).digest('hex').slice(0, digestCharacters)}`,
  };
}

/** Of `acme.test/door-code` the end may be meant as well. */
function isNamed(name: string, patterns: readonly string[]): boolean {
  const end = name.slice(name.lastIndexOf('/') + 1);
  return matchesPatterns(name, patterns) || matchesPatterns(end, patterns);
}

/** Hides what is secret in an object, before anything of it is kept. */
export function redaction(options: Options): (object: KubernetesObject) => KubernetesObject {
  const secrecy = secrecyOf(options);
  return (object) => redactObject(object, secrecy) as KubernetesObject;
}
