const unstorable = /[\0\p{Surrogate}]/u;

/** Whether PostgreSQL takes the text at all. No event holds one that it does not. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}
