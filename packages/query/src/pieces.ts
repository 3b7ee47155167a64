/** A quoted piece with its content and its end, which is empty where the quote is never closed; or one character. */
const piece = /"((?:[^\\"]|\\[^])*)("|\\?$)|[^"]/g;

/**
 * Splits a word at a separator that stands outside of its quotes, and unquotes the parts. In quotes a backslash keeps
 * a quote or a backslash from its meaning; before anything else it is just a backslash.
 */
export function split(word: string, separator: '*' | '.'): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [character, quoted] of word.matchAll(piece)) {
    if (quoted !== undefined) part += quoted.replaceAll(/\\([\\"])/g, '$1');
    else if (character !== separator) part += character;
    else {
      parts.push(part);
      part = '';
    }
  }
  return [...parts, part];
}

/** Where a quote begins that has no end. Quotes mean the same everywhere, so the whole text can be asked. */
export function unclosedQuote(text: string): number | undefined {
  for (const { 2: end, index } of text.matchAll(piece)) {
    if (end !== undefined && end !== '"') return index;
  }
  return undefined;
}

/** The text in quotes, as the language reads it back. */
export function quote(text: string): string {
  return `"${text.replaceAll(/"|\\(?=["\\]|$)/g, String.raw`\$&`)}"`;
}
