import { type Secrecy, hide } from './secrecy.js';
import { redactAssignments } from './secret-assignments.js';

/** What looks like a secret wherever it stands, for the first group of each, or for all of it. */
const shapes: readonly RegExp[] = [
  // PEM, as base64 once more: the way that the API has it in `caBundle` and in kubeconfigs.
  /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g,
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>]*:[^\s/?#"'<>]*(?=@)/g,
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>@:]{20,}(?=@)/g,
  /(?<=\b(?:Bearer|Basic) +)[A-Za-z0-9._~+/=-]{8,}/gi,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:gh[pousr]|github_pat|npm|dckr_pat|glpat|hvs|sk_live|sk_test|rk_live)[_.-][\w-]{16,}/g,
  /\bxox[a-z]-[\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /(?<=hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]+/g,
  /(?<=\/api\/webhooks\/)\d+\/[\w-]+/g,
];

/** A text without the secrets in it. It keeps its lines, so that the others can still be counted. */
export function redactText(text: string, secrecy: Secrecy): string {
  const plain = redactAssignments(redactPem(text, secrecy), secrecy);
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
