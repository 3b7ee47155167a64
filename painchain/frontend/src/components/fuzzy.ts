function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * How well a name fits what was typed of it; 0 when it doesn't. Each word that was typed counts by itself: best as the
 * beginning of one of the name, then as a part of it, then as letters that come in this order.
 */
export function fit(typed: string, name: string): number {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const text = plain(name);
  const scores = words.map((word) => fitOfWord(word, text));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 1);
}

function fitOfWord(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word))) return 3;
  if (at > 0) return 2;
  return isInOrder(word, text) ? 1 : 0;
}

function isInOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}

/** What fits, the best first, and the order that was given among equals. */
export function fitting<Item>(typed: string, items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, score: fit(typed, nameOf(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ item }) => item);
}
