import { type Secrecy, hide } from './secrecy.js';
import { redactAssignments } from './secret-assignments.js';
import { replaceShapes } from './secret-shapes.js';

/** A text without the secrets in it. It keeps its lines, so that the others can still be counted. */
export function redactText(text: string, secrecy: Secrecy): string {
  if (hidesSecret(text, secrecy)) return hide(text, secrecy);
  const plain = redactAssignments(redactPem(text, secrecy), secrecy);
  return replaceShapes(plain, (secret) => hide(secret, secrecy));
}

/** Whether a text is base64 of one that has secrets in it. */
function hidesSecret(text: string, secrecy: Secrecy): boolean {
  if (text.length < 20 || !/^[A-Za-z0-9+/\r\n]+={0,2}$/.test(text.trim())) return false;
  const inner = Buffer.from(text, 'base64').toString('utf8');
  const isText = !/[^\P{Cc}\t\r\n]|\uFFFD/u.test(inner);
  return isText && redactText(inner, secrecy) !== inner;
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
