import { nearest, readField } from './fields.js';
import { quote } from './pieces.js';
import { searchWords } from './tokenize.js';

/** A part of a query that is no condition, in the text around it. */
interface Part {
  text: string;
  from: number;
}

// Longer ones don't help anybody in a sentence.
const shownCharactersMax = 200;

/** How to search for a text that was meant as such. */
export function inQuotes(part: Part): string {
  const quoted = quotedText(part);
  return `To search for text, quote it${quoted === undefined ? '.' : `: ${quoted}`}`;
}

/** All of the query in quotes if nothing else is in it, or the word in question. Undefined when that is no help. */
function quotedText({ text, from }: Part): string | undefined {
  const pasted = isPasted(text) ? text.trim() : wordAt({ text, from });
  const isHelp = pasted.length <= shownCharactersMax && searchWords(pasted).length > 0;
  return isHelp ? quote(pasted) : undefined;
}

/** Whether there is no sign that somebody meant a query. */
function isPasted(text: string): boolean {
  const names = [...text.matchAll(/([^\s():"]+):(?=\S)/g)];
  const isOurs = ([, name = '']: RegExpExecArray) => readField(name.replace(/^[-!]+/, '')) !== undefined;
  return !/(?:^|[\s(])(?:AND|OR|NOT)(?=[\s(]|$)/.test(text) && !names.some(isOurs);
}

/** Up to the next space, without what closes a group around it. */
function wordAt({ text, from }: Part): string {
  let [word = ''] = /^[^\s"]*/.exec(text.slice(from)) ?? [];
  while (word.endsWith(')') && word.split(')').length > word.split('(').length) word = word.slice(0, -1);
  return word;
}

/** What to do with a parenthesis right behind something. */
export function withParenthesis(part: Part): string {
  const [, field = '', value = ''] = /^([^:()]+:)(.+)$/.exec(wordAt(part)) ?? [];
  const isValue = readField(field.slice(0, -1)) !== undefined;
  const remedy = isValue ? `If it belongs to the value, quote that: ${field}${quote(value)}` : inQuotes(part);
  return `Put a space before this. ${remedy}`;
}

/** Why there is no field of this name, and what may have been meant. */
export function unknownField(name: string, part: Part): string {
  if (/^data\.*$/i.test(name)) return 'data needs the path of what is in it, such as data.replicas.new.';
  const meant = meantBy(name, wordAt(part).slice(name.length + 1));
  return `There is no field ${name}${meant === undefined ? '.' : `: did you mean ${meant}?`} ${inQuotes(part)}`;
}

const otherNames: Readonly<Record<string, string>> = {
  ...of('timestamp', ['after', 'at', 'before', 'date', 'since', 'time', 'until', 'when']),
  ...of('actor', ['by', 'committer', 'owner', 'who']),
  ...of('severity', ['level', 'priority']),
  ...of('status', ['conclusion', 'result', 'state']),
  ...of('connector', ['source']),
  ...of('title', ['message', 'msg', 'summary', 'text']),
};

function of(field: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, field]));
}

function meantBy(name: string, value: string): string | undefined {
  const foreign = foreignCondition(`${name}:${value}`);
  if (foreign !== undefined) return foreign;
  if (value.startsWith('//') && /^[a-z][\w+.-]*$/i.test(name)) return `url:${asValue(`${name}:${value}`)}`;
  // 10:35, and 2026-11-24T10:35:00Z.
  if (/^(?:\d{1,2}|\d{4}-\d\d-\d\dt\d\d)$/i.test(name)) return 'timestamp:>=2026-01-31T10:35:00Z';
  const other = Object.hasOwn(otherNames, name.toLowerCase())
    ? otherNames[name.toLowerCase()]
    : nearest(name);
  if (other !== undefined) return other;
  const isValue = value !== '' && !/^[:\\]/.test(value);
  if (isValue && /^(?:commit|revision|sha)$/i.test(name)) {
    const isWhole = value.length >= 40 || value.endsWith('*');
    return `ref:${asValue(`commit:${value}`)}${isWhole ? '' : '*'}`;
  }
  if (isValue && /^(?:image|change)$/i.test(name)) return `ref:${asValue(`${name.toLowerCase()}:${value}`)}`;
  return isValue && /^(?!sha\d)[a-z_]\w*(?:\.[\w-]+)*$/i.test(name) ? `data.${name}` : undefined;
}

function asValue(text: string): string {
  return /[()]/.test(text) ? quote(text) : text;
}

const signs: Readonly<Record<string, string>> = {
  '|': 'write OR for one of two',
  '||': 'write OR for one of two',
  '=': 'write a field with a colon and no spaces, such as status:failure',
  '==': 'write a field with a colon and no spaces, such as status:failure',
  '!=': 'to exclude, write a dash and a colon and no spaces, such as -status:failure',
};

/** What to do with a word that has neither a letter nor a digit. */
export function withoutWords(word: string, part: Part): string {
  const remedy = Object.hasOwn(signs, word) ? signs[word] : undefined;
  const detail = `There is no word in this, and text is searched by its letters and digits: ${remedy ?? 'leave it out'}.`;
  return quotedText(part) === undefined ? detail : `${detail} ${inQuotes(part)}`;
}

/** What a word means that is written as conditions are elsewhere, as a condition of this language. */
export function foreignCondition(word: string): string | undefined {
  const [, excluded] = /^!([\p{L}\p{N}][^:!*"()]*)$/u.exec(word) ?? [];
  if (excluded !== undefined && !smallOperator.test(excluded)) return `-${excluded}`;
  const [, not, name = '', operator = '', value = ''] =
    /^(!?)([^=<>!:"*]+)(:|!=|==?|>=|<=|>|<)([^=<>!*"()\u201c-\u201e][^*"()]*)$/.exec(word) ?? [];
  if (!readField(name) || (not && operator !== ':')) return undefined;
  const sign = not || operator === '!=' ? '-' : '';
  return `${sign}${name}:${/^[<>]/.test(operator) ? operator : ''}${value}`;
}

/** The same for the beginning of a value. */
export function foreignValue(value: string): string | undefined {
  if (value.startsWith('!')) {
    return 'To exclude a value, put a dash in front of the condition. To look for the character, quote it.';
  }
  return /^[\u201c-\u201e]/.test(value)
    ? 'These are not the quotes of a query: type " on both sides. To look for them, put those around.'
    : undefined;
}

/** What AND, OR and NOT are, not in capitals. */
export const smallOperator = /^(?:and|or|not)$/i;
