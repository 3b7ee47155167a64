/** The words of a key, lower case: `startTime`, `start_time` and `start-time` are all `start`, `time`. */
export function wordsOf(key: string): string[] {
  return key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d%]+/u)
    .filter((word) => word !== '');
}

/** The last word of a key, which says what the value is; the words before it only say of what. */
export function lastWord(key: string): string {
  return wordsOf(key).at(-1) ?? '';
}

/** A key as a label for people: `pull_request` becomes `Pull request`; what is no identifier stays as it came. */
export function labelOf(key: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(key)) return key;
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter(Boolean);
  const label = words.map((word) => (/^[A-Z]?[a-z]/.test(word) ? word.toLowerCase() : word)).join(' ');
  return label.charAt(0).toUpperCase() + label.slice(1);
}
