import { type Secrecy, hide } from './secrecy.js';

/**
 * Where a text gives a value to a name: `name = value`, `name: value`, `"name": "value"`, `<name>value`. A colon needs
 * something behind it that makes it an assignment, or else every image with a tag would be one; and kubelets say
 * `failed for volume "db-token" : …` of what has gone wrong.
 */
const assignments =
  /(?<![\w.]|\bvolume )(?:(\\{0,31}["'])(\w[\w.-]{0,100})\1[ \t]*\]?[ \t]*(?:=>|[:=])|(\w[\w.-]{0,100})[ \t]*(?::?=(?!=)|:(?=[ \t\r\n"']|$))|<([A-Za-z][\w.:-]{0,100})>)/g;

/** Where the name of a value is itself a value: `- name: TOKEN`, then `value: …`. */
const pairs: readonly RegExp[] = [
  /(?<![\w.])["']?(?:name|key)["']?[ \t]*[:=][ \t]*["']?([\w.-]{1,100})["']?[ \t]*,?\s{0,100}["']?value["']?[ \t]*[:=]/gi,
  /(?<![\w.])(?:name|key)[ \t]*=[ \t]*["']([\w.-]{1,100})["'][^<>]{0,200}(?<!\/)>/gi,
  /<(?:name|key)>\s{0,100}([\w.-]{1,100})\s{0,100}<\/(?:name|key)>\s{0,100}<[a-z]{1,20}>/gi,
  // An argument behind its name: `define('TOKEN', 'abc')`.
  /(?<=\w\([ \t]{0,8})["']([\w.-]{1,100})["'][ \t]*,/g,
];

/**
 * Where nothing but a blank stands between the two: `--token abc`, `password 'abc'`, a line `requirepass abc`. But
 * `secret "db" not found` says only which one it is, and `token expired` what became of it.
 */
const spoken: readonly RegExp[] = [
  /(?<![\w-])--?([A-Za-z][\w.-]{0,100})[ \t]+(?=[^\s-])/g,
  /(?<![\w.-])(?!secrets?\b)([A-Za-z][\w.-]{0,100})[ \t]+(?=["'])/gi,
  /^[ \t]*([A-Za-z][\w.-]{0,100})[ \t]+(?!(?:required|expired|invalid|missing|failed|denied)\b)(?=\S+[ \t]*\r?$)/gm,
];

/** A line that up to here has nothing but a name and what gives it a value. */
const onlyName = /^\s*(?:-[ \t]+)*(?:export[ \t]+|set[ \t]+|#[ \t]*)?["']?(?!-)[\w.-]+["']?[ \t]*[:=]$/;
const maxNameCharacters = 300;

/** A secret that is given to a name. */
interface Found {
  /** Where its value begins, at or before the first character that isn’t white space. */
  from: number;
  /** What stands last before the value: `:`, `=`, a comma, a blank or the end of a tag. */
  sign: string;
}

interface Line {
  start: number;
  end: number;
}

/** A text in which the values of secret-looking names are hidden, in the formats that configuration is written in. */
export function redactAssignments(text: string, secrecy: Secrecy): string {
  if (!/[:=>,\s]/.test(text)) return text;
  const found = [assignments, ...pairs, ...spoken].flatMap((pattern) => foundBy(pattern, text, secrecy));
  if (found.length === 0) return text;
  const parts: string[] = [];
  let told = 0;
  let line = lineAt(text, 0);
  for (const assignment of found.sort((one, other) => one.from - other.from)) {
    if (assignment.from < told) continue;
    while (line.end < assignment.from) line = lineAt(text, line.end + 1);
    const [start, stop] = valueOf(text, assignment, line);
    parts.push(text.slice(told, start), hide(text.slice(start, stop), secrecy));
    told = Math.max(stop, told);
  }
  return parts.join('') + text.slice(told);
}

function foundBy(pattern: RegExp, text: string, { isSecret }: Secrecy): Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = match.slice(1).findLast((group) => group !== undefined) ?? '';
    const sign = match[0].endsWith('=>') ? '=' : match[0].slice(-1);
    return isSecret(name) ? [{ from: match.index + match[0].length, sign }] : [];
  });
}

function lineAt(text: string, start: number): Line {
  return { start, end: endOfLine(text, start) };
}

/** From where to where a value stands. */
function valueOf(text: string, { from, sign }: Found, line: Line): [number, number] {
  if (sign === '>') return [from, stopAt(text, from, /</g)];
  const blanks = /^[ \t]*/.exec(text.slice(from, Math.min(line.end, from + maxNameCharacters)));
  const start = from + (blanks?.[0].length ?? 0);
  const opening = text[start];
  if (opening === '"' || opening === "'") return quoted(text, start, opening);
  if (opening === '{' || opening === '[') return [start, closing(text, start)];
  const isFirst = from - line.start <= maxNameCharacters && onlyName.test(text.slice(line.start, from));
  if (!isFirst) return [start, stopAt(text, start, stopOf(sign, text.slice(start, start + 2_000)))];
  const isBlock = /^(?:[|>][+\-\d]*)?[ \t\r]*(?:#[^\n]*)?(?:\n|$)/.test(text.slice(start, line.end));
  return [start, sign === ':' && isBlock ? endOfBlock(text, line) : continued(text, line.end)];
}

/** What ends a value that other things stand beside in its line. */
function stopOf(sign: string, rest: string): RegExp {
  if (sign === ':') return /[,}\]\n]/g;
  if (sign === ' ' || sign === '\t') return /[\s"']/g;
  const line = rest.split('\n', 1)[0] ?? '';
  return line.includes(';') ? /[;"'\n]/g : /[\s&,;"'<>}\]]/g;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function stopAt(text: string, from: number, stop: RegExp): number {
  stop.lastIndex = from;
  return stop.exec(text)?.index ?? text.length;
}

/** Between quotes; without a closing one to the end of the text. YAML doubles a quote that ends nothing. */
function quoted(text: string, start: number, quote: string): [number, number] {
  for (let index = start + 1; index < text.length; index += 1) {
    const isDoubled = quote === "'" && text.startsWith("''", index);
    if (text[index] === '\\' || isDoubled) index += 1;
    else if (text[index] === quote) return [start + 1, index];
  }
  return [start, text.length];
}

/** Behind the bracket that closes the one at `start`, strings left aside; the end of the text when none does. */
function closing(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let index = start; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\') index += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** The end of the lines that belong to a key of YAML: those further in, and the items of a list beside it. */
function endOfBlock(text: string, line: Line): number {
  const head = text.slice(line.start, Math.min(line.end, line.start + maxNameCharacters));
  const indent = head.length - head.trimStart().length;
  let { end } = line;
  while (end < text.length) {
    const next = endOfLine(text, end + 1);
    const content = text.slice(end + 1, next);
    const inner = content.length - content.trimStart().length;
    const belongs = inner > indent || (inner === indent && content.startsWith('- ', inner));
    if (content.trim() !== '' && !belongs) break;
    end = next;
  }
  return end;
}

/** A value may go on in the lines behind one that ends with a backslash. */
function continued(text: string, lineEnd: number): number {
  let end = lineEnd;
  while (end < text.length && text[end - 1] === '\\') end = endOfLine(text, end + 1);
  return end;
}
