import { type Secrecy, hide } from './secrecy.js';
import { redactAssignments } from './secret-assignments.js';

/**
 * What looks like a secret wherever it stands. No part of these repeats without a bound where it may begin anew at any
 * character: a megabyte must not take hours.
 */
const shapes: readonly RegExp[] = [
  // PEM, as base64 once more: the way that the API has it in `caBundle` and in kubeconfigs.
  /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g,
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>:]*:[^\s/?#"'<>]*(?=@)/g,
  // A password with a slash in it is taken for what it is, unless it could be a port and a path.
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>:@]{0,100}:(?!\d+\/)[^\s"'<>]{0,200}(?=@)/g,
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>@:]{20,}(?=@)/g,
  /(?<=\b(?:Bearer|Basic) {1,8})[A-Za-z0-9._~+/=-]{8,}/gi,
  /\beyJ[\w-]{8,500}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:gh[pousr]|github_pat|npm|dckr_pat|glpat|hvs|sk_live|sk_test|rk_live)[_.-][\w-]{16,}/g,
  /\bxox[a-z]-[\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /(?<=hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]+/g,
  /(?<=\/api\/webhooks\/)\d+\/[\w-]+/g,
];
/** Most texts hold none of them, which is soon found. */
const anyShape = new RegExp(shapes.map(({ source }) => source).join('|'), 'i');

/** A text without the secrets in it. It keeps its lines, so that the others can still be counted. */
export function redactText(text: string, secrecy: Secrecy): string {
  const plain = redactAssignments(redactPem(text, secrecy), secrecy);
  if (!anyShape.test(plain)) return plain;
  return shapes.reduce((left, shape) => left.replace(shape, (secret) => hide(secret, secrecy)), plain);
}

const begin = '-----BEGIN ';
const end = '-----END ';

/** Keys and certificates; one without an end is hidden up to the end of the text. */
function redactPem(text: string, secrecy: Secrecy): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(begin, from);
    if (start < 0) break;
    const last = text.indexOf(end, start);
    const close = last < 0 ? -1 : text.indexOf('-----', last + end.length);
    const stop = close < 0 ? text.length : close + 5;
    parts.push(text.slice(from, start), hide(text.slice(start, stop), secrecy));
    from = stop;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
