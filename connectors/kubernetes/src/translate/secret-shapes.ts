/** What looks like a secret, and what stands in or before each of its kind: in lower case, and soon found. */
type Shape = readonly [hint: string, pattern: RegExp];

/** From the scheme of a URL on. */
const authority = String.raw`(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)`;

/**
 * What looks like a secret wherever it stands. No part of these repeats without a bound where it may begin anew at any
 * character: a megabyte must not take hours.
 */
const shapes: readonly Shape[] = [
  // PEM, as base64 once more: the way that the API has it in `caBundle` and in kubeconfigs.
  ['ls0tls1crudjti', /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g],
  ['://', new RegExp(String.raw`${authority}[^\s/?#"'<>:]*:[^\s/?#"'<>]*(?=@)`, 'g')],
  // A password with a slash in it is taken for what it is, unless it could be a port and a path.
  ['://', new RegExp(String.raw`${authority}[^\s/?#"'<>:@]{0,100}:(?!\d+\/)[^\s"'<>]{0,200}(?=@)`, 'g')],
  ['://', new RegExp(String.raw`${authority}[^\s/?#"'<>@:]{20,}(?=@)`, 'g')],
  ['bearer ', /(?<=\bBearer {1,8})(?!auth|credential)[A-Za-z0-9._~+/=-]{8,}/gi],
  ['basic ', /(?<=\bBasic {1,8})(?!auth|credential)[A-Za-z0-9._~+/=-]{8,}/gi],
  ['eyj', /\beyJ[\w-]{8,500}\.[\w-]{8,}\.[\w-]*/g],
  ['', /\b(?:gh[pousr]|github_pat|npm|dckr_pat|glpat|hvs|sk_live|sk_test|rk_live)[_.-][\w-]{16,}/g],
  ['sk-', /\bsk-[\w-]{20,}/g],
  ['xox', /\bxox[a-z]-[\w-]{10,}/g],
  ['', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['aiza', /\bAIza[\w-]{30,}/g],
  ['sg.', /\bSG\.[\w-]{16,}\.[\w-]{16,}/g],
  ['age-secret-key-', /\bAGE-SECRET-KEY-1[0-9A-Z]{16,}/g],
  ['hooks.slack.com/', /(?<=hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]+/g],
  ['/api/webhooks/', /(?<=\/api\/webhooks\/)\d+\/[\w-]+/g],
  // Hashes of passwords, as `htpasswd` and crypt(3) write them.
  ['$', /\$(?:apr1|2[abxy]|[156y]|argon2(?:id|i|d))\$[\w./$+=,-]{16,}/g],
  // Where tools are given passwords in ways of their own.
  ['-u', /(?<=(?:^|\s)(?:-u|--user)[ =]["']?)(?!\d+:\d+\b)[^\s:"']{1,100}:[^\s"']+/g],
  ['redis-cli', /(?<=\bredis-cli\b[^\n|;&]{0,100} -a )\S+/g],
  ['sshpass', /(?<=\bsshpass -p ?)\S+/g],
  ['mysql', /(?<=\bmysql(?:dump|admin)?\b[^\n|;&]{0,100} -p)\S+/g],
  ['login', /(?<=\blogin[ \t]{1,8}\S{1,100}\s{1,8}password[ \t]{1,8})\S+/g],
  ['stats auth', /(?<=\bstats auth )\S+/g],
  ['identified', /(?<=\bidentified(?: with \S{1,60})? by ["'])[^"'\n]+/gi],
];

/** A text in which what looks like a secret is replaced. Most hold none, for which their hints are looked for only. */
export function replaceShapes(text: string, replace: (secret: string) => string): string {
  const lower = text.toLowerCase();
  return shapes.reduce(
    (left, [hint, shape]) => (lower.includes(hint) ? left.replace(shape, replace) : left),
    text,
  );
}
