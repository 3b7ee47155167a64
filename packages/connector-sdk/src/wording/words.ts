/** Correlation keys of one event; the contract takes no more, nor longer ones. */
const maxRefs = 100;
const maxRefCharacters = 300;

/** A commit's id as people say it: its first eight digits. */
export function short(sha: string): string {
  return sha.slice(0, 8);
}

/** The first line of a text that says something, or what to say instead. */
export function firstLine(text: string, fallback: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? fallback
  );
}

/** `1 commit`, `2 commits`. */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The correlation key of a commit, by its whole id. */
export function commitRef(sha: string): string {
  return `commit:${sha.toLowerCase()}`;
}

/** Each key once, as many as an event may carry; the first are the most important. */
export function refsOf(...refs: readonly (string | undefined)[]): string[] {
  const known = refs.filter((ref) => ref !== undefined).filter((ref) => ref.length <= maxRefCharacters);
  return [...new Set(known)].slice(0, maxRefs);
}
