/** A word of a text that is stored, and its place among the text's words, from 1. */
export interface Token {
  word: string;
  position: number;
}

/** Longer words are cut: two that begin with the same 64 characters are one word. */
const longestWord = 64;

/**
 * The words of a text, as they are stored. A word is a run of letters and digits, so `payment-api:v1.2` has four;
 * in scripts that put no spaces between words each character is one. Written in camel case a word is stored whole
 * and in parts at the same position.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  eachWord(text, (word, original) => {
    position += 1;
    tokens.push({ word, position });
    if (original === undefined) return;
    for (const part of camelParts(original)) tokens.push({ word: part, position });
  });
  return tokens;
}

/**
 * The words of a text that is searched for: whoever has the text has them at consecutive positions, in this order.
 */
export function searchWords(text: string): string[] {
  const words: string[] = [];
  eachWord(text, (word) => words.push(word));
  return words;
}

/** A word to search for; with `isPrefix` it only begins so. */
export interface SearchTerm {
  word: string;
  isPrefix: boolean;
}

const shortCommit = /^(?=.*\d)[0-9a-f]{7,39}$/;

/**
 * What free text asks for, word by word. A text that could be a short commit id is always a prefix: what is stored
 * has all 40 digits.
 */
export function searchTerms({ text, isPrefix }: { text: string; isPrefix: boolean }): SearchTerm[] {
  const words = searchWords(text);
  const isCommit = words.length === 1 && shortCommit.test(words[0] ?? '');
  return words.map((word, index) => ({
    word,
    isPrefix: index === words.length - 1 && (isPrefix || isCommit),
  }));
}

/** Hears of each word in its comparable form, with the original if that is in camel case. */
type Hear = (word: string, original: string | undefined) => void;

const nonAscii = /[^\x00-\x7f]/;

function eachWord(text: string, hear: Hear): void {
  if (nonAscii.test(text)) eachUnicodeWord(text, hear);
  else eachAsciiWord(text, hear);
}

const [other, digit, upper, lower] = [0, 1, 2, 3];

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return digit;
  if (/[A-Z]/.test(character)) return upper;
  return /[a-z]/.test(character) ? lower : other;
});

/**
 * Most text is ASCII, and every event passes here: a loop over codes takes a fraction of a regular expression. Lower
 * case is made word by word: made of the whole text first, V8 may make it again for each word.
 */
function eachAsciiWord(text: string, hear: Hear): void {
  let start = -1;
  let isCamel = false;
  let before = other;
  for (let at = 0; at <= text.length; at += 1) {
    const kind = at < text.length ? (kinds[text.charCodeAt(at)] ?? other) : other;
    if (kind === other) {
      if (start >= 0) {
        hear(
          text.slice(start, Math.min(at, start + longestWord)).toLowerCase(),
          isCamel ? text.slice(start, at) : undefined,
        );
      }
      start = -1;
      isCamel = false;
    } else if (start < 0) start = at;
    // `aB`, or the end of the capitals in `ABc`.
    else if (kind === upper ? before === lower : kind === lower && before === upper && at - start > 1) {
      isCamel = true;
    }
    before = kind;
  }
}

/** Scripts that put no spaces between words, and Hangul, whose words grow endings. The sign lengthens Katakana. */
const unspaced = `[${['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('')}\u30fc]`;
const unicodeWord = new RegExp(
  String.raw`(?=[\p{L}\p{N}])(?:${unspaced}\p{M}*|(?:(?!${unspaced})[\p{L}\p{N}\p{M}])+)`,
  'gu',
);

/** What is not seen, such as soft hyphens and joiners, and frames around digits; the space of no width divides words. */
const invisible = /(?!\u200b)[\p{Default_Ignorable_Code_Point}\p{Me}]/gu;

function eachUnicodeWord(text: string, hear: Hear): void {
  const seen = text.normalize('NFKC').replace(invisible, '');
  for (const [word] of seen.matchAll(unicodeWord))
    hear(comparable(word), camelBorder.test(word) ? word : undefined);
}

/** Letters with a stroke or of two letters: no normalisation takes them apart. */
const plain: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};
const notPlain = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');
const accents = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu;

const uncased = /^[\p{Lo}\p{N}\p{M}]+$/u;

/** One form for all ways to write a word: `STRASSE` and `Straße`, `İzmir` and `izmir`, `Café` and `cafe`. */
function comparable(word: string): string {
  if (!nonAscii.test(word)) return cut(word.toLowerCase());
  if (uncased.test(word)) return cut(word);
  // Upper case first: only so `ß` becomes `ss`, and the dotless `ı` an `i`.
  const folded = word.toUpperCase().toLowerCase().normalize('NFD').replace(accents, '$1').normalize('NFC');
  return cut(folded.replace(notPlain, (letter) => plain[letter] ?? letter));
}

function cut(word: string): string {
  if (word.length <= longestWord) return word;
  const splitsCharacter = /[\ud800-\udbff]/.test(word.charAt(longestWord - 1));
  return word.slice(0, splitsCharacter ? longestWord - 1 : longestWord);
}

/** A capital begins a part after a small letter, and before one. */
const camelBorder = /(?<=\p{Ll})(?=\p{Lu})|(?<=.)(?=\p{Lu}\p{Ll})/u;

/** The parts of `HTTPServerName`: http, server, name. Single letters are in too many random texts to be of use. */
function camelParts(word: string): string[] {
  if (word.length > longestWord) return [];
  return word
    .split(camelBorder)
    .filter((part) => part.length > 1)
    .map(comparable);
}
