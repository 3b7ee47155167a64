/** Names of secrets, once they are in lower case with `_` between their words. */
const secretNames: readonly RegExp[] = [
  /passw(?:or)?d|passphrase|passcode|mnemonic|secret|credential/,
  /(?:api|access|private|signing|encryption|crypto|master|session|account|shared|license|ssh|storage|app|user|fernet|aes|hmac)_?keys?(?:_|$)/,
  /tokens?(?:_|$)|dockercfg|dockerconfigjson|htpasswd|kubeconfig|keytab|netrc|pgpass/,
  /(?:^|_)(?:pass|pwd|pw|creds?|authorization|bearer|jwt|dsn|salt)(?:_|$)/,
  /(?:^|_)(?:auth|cookie|otp|pin|sas|psk|hmac|sig|signature)$/,
  /(?:require|root|admin|user|db|smtp|mail|ldap|bind|store|key)pass$|masterauth$/,
  /conn(?:ection)?_?str(?:ing)?s?$|webhook_?urls?$/,
  // kubectl and others keep all of an object in an annotation, its secrets too.
  /last_applied(?:_configuration)?$|^applied$/,
];

/** Names of what is about a secret without being one: where it is, how long it lasts. */
const plainNames: readonly RegExp[] = [
  /_(?:names?|namespace|refs?|references?|files?|paths?|dir|directory|mount|store|provider|backend|arn|selectors?|class|kind|type|versions?)$/,
  /_(?:ttl|seconds|minutes|hours|days|timeout|interval|rotation|expiry|expiration|expires)$/,
  /_(?:enabled|disabled|required|optional|algorithm|length|size|count|limit|bucket|mode|policy|format|audiences?|issuer)$/,
  /^(?:max|min|num)_/,
  // Where a server passes requests on to.
  /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/,
];

/** Annotations that name a Secret, or a path in Vault. */
const referringNames =
  /^(?:[\w.-]+\.)?ingress\.kubernetes\.io\/[\w-]+-secret$|^haproxy[\w.-]*\/[\w-]+-secret$|^vault\.hashicorp\.com\/agent-inject-secret-/;

/** Whether what stands under a name looks like a secret by that name. Of `acme.test/api-token` only the end counts. */
export function looksSecret(name: string): boolean {
  if (referringNames.test(name)) return false;
  const words = name
    .slice(-200)
    .replace(/^.*\//, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  return secretNames.some((pattern) => pattern.test(words)) && !plainNames.some((plain) => plain.test(words));
}
