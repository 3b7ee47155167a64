/** One lane of FNV-1a over UTF-16 code units, with a finish that spreads the last of them. */
function lane(text: string, start: number, prime: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), prime);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * A text in 14 characters, to tell the versions of one thing apart. Not for anything that somebody could gain by
 * making two texts alike.
 */
export function digestOf(text: string): string {
  const lanes = [lane(text, 0x811c9dc5, 0x01000193), lane(text, 0x9e3779b9, 0x85ebca6b)];
  return lanes.map((value) => value.toString(36).padStart(7, '0')).join('');
}
