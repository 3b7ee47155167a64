import { safeHref } from '../components/safe-url.js';

/** An http(s) address as it stands, without a template's braces or a space. */
export function isUrlText(text: string): boolean {
  if (text.length > 4_096 || !/^https?:\/\//i.test(text) || /[\s{}<>"]/.test(text)) return false;
  return safeHref(text) !== undefined;
}

export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/.test(text)
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$|\/)|(?=$|\/))){4}(?:\/\d{1,2})?$/;
const ipv6 = /^(?=.*::|(?:[^:]*:){7})[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\/\d{1,3})?$/i;

/** An identifier for machines: a uuid or an address of a network. */
export function isMachineCode(text: string): boolean {
  if (text.length > 64) return false;
  return uuid.test(text) || ipv4.test(text) || (text.length > 3 && ipv6.test(text));
}

const shaWords = new Set(['sha', 'commit', 'oid', 'sha1', 'sha256']);

/** A whole hash, or a short one whose key says that it is one. All zeros stand for "none" and are no hash. */
export function isSha(text: string, word: string): boolean {
  if (/^0+$/.test(text)) return false;
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return true;
  return shaWords.has(word) && /^[0-9a-f]{7,12}$/.test(text);
}

/** The hash that stands for "there is none", as before a branch was made. */
export function isNullSha(text: string): boolean {
  return /^(?:0{40}|0{64})$/.test(text);
}

const registryHost =
  '(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+|localhost)(?::\\d{1,5})?';
const imagePath = '[a-z0-9]+(?:[._/-]+[a-z0-9]+)*';
const imageTag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const imageDigest = '@sha256:[0-9a-f]{64}';
const fromRegistry = new RegExp(`^${registryHost}/${imagePath}(?::${imageTag})(?:${imageDigest})?$`);
const withDigest = new RegExp(`^(?:${registryHost}/)?${imagePath}(?::${imageTag})?${imageDigest}$`);
const byKey = new RegExp(`^(?:${registryHost}/)?${imagePath}(?::${imageTag})?(?:${imageDigest})?$`);

/** A container image: by digest, by registry and tag, or any shape of one whose key says `image`. */
export function isImage(text: string, word: string): boolean {
  if (text.length > 512) return false;
  if (withDigest.test(text) || fromRegistry.test(text)) return true;
  return word === 'image' && byKey.test(text) && /[/:]/.test(text);
}

export type ImageParts = { name: string; tag?: string; digest?: string };

export function imageParts(text: string): ImageParts {
  const [rest = text, digest] = text.split('@', 2);
  const colon = rest.lastIndexOf(':');
  const tagged = colon > rest.lastIndexOf('/');
  return {
    name: tagged ? rest.slice(0, colon) : rest,
    ...(tagged && { tag: rest.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}

const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);
// Colours and movements of the cursor, titles and links of the window, and escapes of two characters (ECMA-48).
const escapes = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|[@-Z\\\\^_])`,
  'g',
);

/** Text without what only a terminal understands. */
export function withoutAnsi(text: string): string {
  return text.includes(escape) ? text.replace(escapes, '') : text;
}

/** A text that fits on a line: a word, a name, a few of them. */
export function isShort(text: string): boolean {
  return text.length <= 60 && !/[\r\n]/.test(text);
}

/** A unified diff, as version control prints it and as patches of single files come. */
export function isUnifiedDiff(text: string): boolean {
  return /^(?:diff |index |Index: |--- |@@ )/.test(text) && /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m.test(text);
}

const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** An integer that no double holds would come out as another one. As a text it stays what it is. */
function quotedWhereLong(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}

/** A text that is itself JSON of an object or a list, parsed; undefined for anything else. */
export function embeddedJson(text: string): object | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 5 || trimmed.length > 200_000 || !/^[[{]/.test(trimmed)) return undefined;
  try {
    const parsed: unknown = JSON.parse(trimmed.replace(stringOrLongInteger, quotedWhereLong));
    return typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0
      ? parsed
      : undefined;
  } catch {
    return undefined;
  }
}
