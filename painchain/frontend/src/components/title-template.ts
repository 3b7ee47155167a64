const longest = 300;

const quoted = /"[^"]*"|“[^”]*”|‘[^’]*’|«[^»]*»|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g;
const version = /\bv?\d+(?:\.\d+)+(?:[-+][\w.]+)?/gi;
const withDigits = /[A-Za-z]*\d[A-Za-z\d]*/g;
const lettersOfHex = /\b[a-f]{7,}\b/gi;
/** What orchestrators put behind a name is made of these letters, so that it never spells a word. */
const randomSuffix = /-[bcdfghjklmnpqrstvwxz]{5}\b/g;
const joined = /#(?:[.:_/+-]#)+/g;

/**
 * The pattern of a title: what differs from one event to the next is left out. Digits with the letters around them
 * cover counts, versions, hashes and ids; of a quoted part it only matters that there is one.
 */
export function templateOf(title: string): string {
  return title
    .slice(0, longest)
    .replace(quoted, '"')
    .replace(version, '#')
    .replace(withDigits, '#')
    .replace(lettersOfHex, '#')
    .replace(randomSuffix, '-#')
    .replace(joined, '#');
}
